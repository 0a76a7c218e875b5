//! Where events may be sent, and where never: an endpoint's address is somebody's wish, and our network
//! is not theirs to walk in. It resolves nothing and connects to nothing; it judges.

use axum::http::Uri;
use probity::Environment;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest address.
pub(crate) const LONGEST_URL: usize = 2048;

/// How far events may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses alone, by https.
    #[default]
    Public,
    /// Also into the operator's own network; in the sandbox also by http. Never to what tells machines
    /// of a cloud their credentials.
    Private,
}

/// An address that may be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) Uri);

/// Why an address is refused, in words that go on after "the address".
pub(crate) type Why = &'static str;

/// Ports above 1023 where something else than the web is usually at home: databases, caches, queues,
/// desktops, and what browsers do not talk to either.
const NOT_WEB: &[u16] = &[
    1080, 1099, 1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3128,
    3260, 3306, 3389, 3659, 4045, 4190, 4369, 5060, 5061, 5432, 5433, 5671, 5672, 5900, 5984, 6000,
    6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7000, 7199, 8086, 8500, 9042,
    9092, 9160, 9200, 9300, 10250, 10255, 11211, 26257, 27017, 27018, 27019, 50000,
];

/// Where machines of clouds are told who they are; some of it looks public.
const METADATA: &[IpAddr] = &[
    IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
];

/// Networks that are nobody's public place, as (first address, bits).
const NOT_PUBLIC: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// Parts of what is given out of the public addresses of IPv6 that are no public place, or lead on to
/// an address of IPv4 that nobody looked at.
const NOT_PUBLIC_6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Reads an address that somebody wishes events to be sent to.
pub(crate) fn address(text: &str, environment: Environment, reach: Reach) -> Result<Address, Why> {
    if text.len() > LONGEST_URL {
        return Err("has more than 2048 bytes");
    }
    if !text.bytes().all(|b| b.is_ascii_graphic()) {
        return Err("has letters that no address has: write it as https://example.com/hooks");
    }
    if text.contains('#') {
        return Err("has a `#`, which is never sent: leave it out");
    }
    let uri: Uri = text.parse().map_err(|_| "is none: write it as https://example.com/hooks")?;
    let is_http = match uri.scheme_str() {
        Some("https") => false,
        Some("http") => true,
        _ => return Err("is none: write it as https://example.com/hooks"),
    };
    if is_http && (reach == Reach::Public || environment == Environment::Live) {
        return Err("is no https: what is sent there could be read on the way");
    }
    let authority = uri.authority().ok_or("names no host")?;
    if authority.as_str().contains('@') {
        return Err("has a name or password in it: leave them out, signatures say who sends");
    }
    let host = authority.host();
    if host.is_empty() || host.len() > 255 {
        return Err("names no host");
    }
    if authority.as_str().len() > host.len() && authority.port_u16().is_none() {
        return Err("has a port that is none");
    }
    let port = authority.port_u16().unwrap_or(if is_http { 80 } else { 443 });
    if !is_web(port) {
        return Err("has a port where usually no web server is: take 443, or one above 1023");
    }
    match literal(host) {
        Some(Ok(ip)) => may_connect(ip, reach)?,
        Some(Err(why)) => return Err(why),
        None => {}
    }
    Ok(Address(uri))
}

/// A host that is an address already, without anybody being asked.
fn literal(host: &str) -> Option<Result<IpAddr, Why>> {
    if let Some(inside) = host.strip_prefix('[') {
        let inside = inside.strip_suffix(']').and_then(|text| text.parse::<Ipv6Addr>().ok());
        return Some(inside.map(IpAddr::V6).ok_or("names no host"));
    }
    host.parse::<Ipv4Addr>().ok().map(|ip| Ok(IpAddr::V4(ip)))
}

const fn is_web(port: u16) -> bool {
    if port < 1024 {
        return port == 80 || port == 443;
    }
    let mut i = 0;
    while i < NOT_WEB.len() {
        if NOT_WEB[i] == port {
            return false;
        }
        i += 1;
    }
    true
}

/// May this very address be connected to?
pub(crate) fn may_connect(ip: IpAddr, reach: Reach) -> Result<(), Why> {
    let ip = plain(ip);
    if METADATA.contains(&ip) {
        return Err("leads to where machines are told their credentials, which is never asked");
    }
    match reach {
        Reach::Public if !is_public(ip) => {
            Err("leads into a private network: events go to public addresses only")
        }
        Reach::Private if !is_somebody(ip) => Err("leads to no single machine"),
        _ => Ok(()),
    }
}

/// An address of IPv4 in the clothes of IPv6 is what it is underneath.
fn plain(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// Is it a public place?
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(four) => {
            let all = u32::from(four);
            let is_in = |(net, bits): &(Ipv4Addr, u32)| (all ^ u32::from(*net)) >> (32 - bits) == 0;
            !NOT_PUBLIC.iter().any(is_in)
        }
        IpAddr::V6(six) => {
            let all = u128::from(six);
            let is_in =
                |(net, bits): &(Ipv6Addr, u32)| (all ^ u128::from(*net)) >> (128 - bits) == 0;
            // Global unicast is given out of 2000::/3 alone.
            all >> 125 == 1 && !NOT_PUBLIC_6.iter().any(is_in)
        }
    }
}

/// Is it one machine, here or elsewhere? Of machines on the same link only the cloud's own would be
/// meant, so those are none.
const fn is_somebody(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.octets()[0] != 0 && ip.octets()[0] < 224 && !ip.is_link_local(),
        IpAddr::V6(ip) => {
            let is_link_local = ip.segments()[0] & 0xffc0 == 0xfe80;
            // 64:ff9b::/96 and ::/96 lead on to addresses of IPv4 that nobody looked at.
            let leads_on = ip.segments()[0] == 0x64 || ip.segments()[0] == 0 && !ip.is_loopback();
            !ip.is_multicast() && !is_link_local && !leads_on
        }
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
