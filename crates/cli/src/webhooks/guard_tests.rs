//! The guard against every address there may be: by example, and by chance against a second, plainer
//! judgement.

use super::*;
use proptest::prelude::*;

fn live(text: &str) -> Result<Address, Why> {
    address(text, Environment::Live, Reach::Public)
}

fn own(text: &str) -> Result<Address, Why> {
    address(text, Environment::Sandbox, Reach::Private)
}

#[test]
fn public_places_by_https_are_taken() {
    for text in [
        "https://example.com/hooks",
        "https://example.com:8443/a/b?c=d",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x",
        "https://example.com",
    ] {
        assert!(live(text).is_ok(), "{text}: {:?}", live(text));
    }
}

#[test]
fn everything_else_is_refused() {
    for text in [
        "",
        "example.com",
        "/hooks",
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://",
        "https:///x",
        "https://user:secret@example.com/",
        "https://user@example.com/",
        "https://example.com:22/",
        "https://example.com:25/",
        "https://example.com:5432/",
        "https://example.com:6379/",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com:/",
        "https://example.com/#part",
        "https://exämple.com/",
        "https://example.com/ x",
        "https://example.com/\r\nx: y",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://172.31.255.255/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://100.100.100.200/",
        "https://168.63.129.16/",
        "https://0.0.0.0/",
        "https://0.1.2.3/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[ff02::1]/",
        "https://[nonsense]/",
    ] {
        assert!(live(text).is_err(), "{text}");
    }
    assert!(live(&format!("https://example.com/{}", "x".repeat(LONGEST_URL))).is_err());
}

#[test]
fn the_operators_own_network_is_reached_where_they_say_so_but_never_credentials() {
    for text in ["http://127.0.0.1:3000/hooks", "http://localhost:3000/", "https://10.0.0.7/"] {
        assert!(own(text).is_ok(), "{text}: {:?}", own(text));
        assert!(address(text, Environment::Sandbox, Reach::Public).is_err());
    }
    let live_too = address("https://10.0.0.7/", Environment::Live, Reach::Private);
    assert!(live_too.is_ok());
    assert!(address("http://10.0.0.7/", Environment::Live, Reach::Private).is_err());
    for text in [
        "http://169.254.169.254/",
        "http://169.254.1.1/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://localhost:22/",
        "http://me:pw@localhost/",
    ] {
        assert!(own(text).is_err(), "{text}");
    }
}

/// The same judgement, from another list: what `std` knows, and what it does not know written out.
fn plainly_public(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..=127).contains(&b);
    let benchmarks = a == 198 && (b == 18 || b == 19);
    let odd = a == 192 && b == 0 && c == 0 || a == 192 && b == 88 && c == 99;
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a >= 240
        || a == 0
        || shared
        || benchmarks
        || odd)
}

fn any_four() -> impl Strategy<Value = Ipv4Addr> {
    let edges = prop::sample::select(NOT_PUBLIC.to_vec());
    let near = (edges, -2_i64..=2, any::<bool>()).prop_map(|((net, bits), by, end)| {
        let first = i64::from(u32::from(net));
        let last = first + (1_i64 << (32 - bits)) - 1;
        let at = (if end { last } else { first } + by).rem_euclid(1 << 32);
        Ipv4Addr::from(u32::try_from(at).unwrap())
    });
    prop_oneof![any::<u32>().prop_map(Ipv4Addr::from), near]
}

proptest! {
    #[test]
    fn two_lists_agree_on_what_is_public(ip in any_four()) {
        prop_assert_eq!(is_public(IpAddr::V4(ip)), plainly_public(ip), "{}", ip);
    }

    #[test]
    fn clothes_change_nothing(ip in any_four()) {
        let judged = may_connect(IpAddr::V4(ip), Reach::Public);
        prop_assert_eq!(judged, may_connect(IpAddr::V6(ip.to_ipv6_mapped()), Reach::Public));
        let [a, b, c, d] = ip.octets();
        let [high, low] = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
        for carrier in [
            ip.to_ipv6_compatible(),
            Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
            Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
        ] {
            prop_assert!(may_connect(IpAddr::V6(carrier), Reach::Public).is_err(), "{}", carrier);
        }
    }

    #[test]
    fn outside_of_what_is_given_out_nothing_of_ipv6_is_public(bits in any::<u128>()) {
        let ip = Ipv6Addr::from(bits);
        if may_connect(IpAddr::V6(ip), Reach::Public).is_ok() {
            prop_assert_eq!(bits >> 125, 1);
            prop_assert!(!ip.is_multicast() && !ip.is_loopback() && !ip.is_unspecified());
        }
    }

    #[test]
    fn an_address_that_is_taken_holds_what_was_judged(
        text in "https?://[a-z0-9.@:\\[\\]%-]{0,40}(/[ -~]{0,20})?", private in any::<bool>()
    ) {
        let reach = if private { Reach::Private } else { Reach::Public };
        if let Ok(Address(uri)) = address(&text, Environment::Sandbox, reach) {
            let authority = uri.authority().unwrap();
            prop_assert!(!authority.as_str().contains('@'));
            prop_assert!(is_web(uri.port_u16().unwrap_or(443)));
            prop_assert!(private || uri.scheme_str() == Some("https"));
            if let Some(ip) = literal(authority.host()) {
                prop_assert_eq!(may_connect(ip.unwrap(), reach), Ok(()));
            }
        }
    }

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        let _ = (live(&text), own(&text));
    }
}
