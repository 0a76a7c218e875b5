//! Points in time of two kinds, paired: the nearest two first, and so on; as deterministic as near-linear.
//!
//! Of points in their order the nearest two of different kinds stand side by side: whatever stood between
//! them would be nearer to one of the two. So only neighbours are looked at.

use probity_core::Time;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

/// Pairs what stands at most so many microseconds apart. Where two pairs are equally near, the one
/// whose right side is earlier comes first, then the one whose right side stands first, then the
/// left; both sides stand in the order of their places.
pub(super) fn pairs(left: &[Time], right: &[Time], within: i64) -> Vec<(usize, usize)> {
    let mut line = Line::of(left, right);
    let mut found = line.at_once();
    let mut near = Near::new(line.points.len(), within);
    for place in 0..line.points.len() {
        near.look(&line, place);
    }
    while let Some((_, _, right, left, first)) = near.next() {
        found.push((left, right));
        for place in line.take_pair(first) {
            near.look(&line, place);
        }
    }
    found
}

/// The pairs of neighbours, the nearest first.
struct Near {
    heap: BinaryHeap<Reverse<Pair>>,
    /// The pair that each point begins now: another one in the heap has passed.
    begins: Vec<Option<Pair>>,
    within: i64,
}

impl Near {
    fn new(points: usize, within: i64) -> Self {
        Self { heap: BinaryHeap::new(), begins: vec![None; points], within }
    }

    /// What a point begins may be another pair now.
    fn look(&mut self, line: &Line, place: usize) {
        let Some(begins) = self.begins.get_mut(place) else { return };
        let now = line.pair(place, self.within);
        if *begins != now {
            *begins = now;
            self.heap.extend(now.map(Reverse));
        }
    }

    fn next(&mut self) -> Option<Pair> {
        loop {
            let Reverse(pair) = self.heap.pop()?;
            if self.begins.get(pair.4) == Some(&Some(pair)) {
                return Some(pair);
            }
        }
    }
}

/// How far apart; when the right one is, its place and that of the left one; the point it begins at.
type Pair = (i64, Time, usize, usize, usize);

/// All of one kind at one instant, and the points beside it that are not empty.
struct Point {
    at: Time,
    is_right: bool,
    places: VecDeque<usize>,
    before: Option<usize>,
    next: Option<usize>,
}

struct Line {
    points: Vec<Point>,
}

impl Line {
    fn of(left: &[Time], right: &[Time]) -> Self {
        let mut points: BTreeMap<(Time, bool), VecDeque<usize>> = BTreeMap::new();
        for (is_right, times) in [(false, left), (true, right)] {
            for (place, at) in times.iter().enumerate() {
                points.entry((*at, is_right)).or_default().push_back(place);
            }
        }
        let count = points.len();
        let points = points.into_iter().enumerate().map(|(n, ((at, is_right), places))| Point {
            at,
            is_right,
            places,
            before: n.checked_sub(1),
            next: Some(n + 1).filter(|next| *next < count),
        });
        Self { points: points.collect() }
    }

    /// Pairs what stands at one instant, in its order.
    fn at_once(&mut self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for first in 0..self.points.len() {
            while let Some((0, _, right, left, _)) = self.pair(first, 0) {
                found.push((left, right));
                self.take_pair(first);
            }
        }
        found
    }

    /// What stands first at a point and at the next, where the two are of different kinds.
    fn pair(&self, first: usize, within: i64) -> Option<Pair> {
        let one = self.points.get(first)?;
        let two = self.points.get(one.next?)?;
        let apart = two.at.since(one.at);
        let (left, right) = if one.is_right { (two, one) } else { (one, two) };
        let is_pair = one.is_right != two.is_right && apart <= within;
        let (left, right_at) = (left.places.front().filter(|_| is_pair)?, right.at);
        Some((apart, right_at, *right.places.front()?, *left, first))
    }

    /// Takes away the pair that a point begins; the points that may begin another one now.
    fn take_pair(&mut self, first: usize) -> Vec<usize> {
        let second = self.points.get(first).and_then(|point| point.next);
        let taken = [Some(first), second];
        let taken = taken.into_iter().flatten();
        let before = taken.clone().filter_map(|place| self.take(place)).collect::<Vec<_>>();
        taken.chain(before).collect()
    }

    /// Takes away what stands first at a point; the point before it.
    fn take(&mut self, place: usize) -> Option<usize> {
        let point = self.points.get_mut(place)?;
        point.places.pop_front();
        let (before, next) = (point.before, point.next);
        if !point.places.is_empty() {
            return before;
        }
        if let Some(before) = before.and_then(|before| self.points.get_mut(before)) {
            before.next = next;
        }
        if let Some(next) = next.and_then(|next| self.points.get_mut(next)) {
            next.before = before;
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Time {
        Time::MIN.plus_micros(second)
    }

    /// The same in the plainest way: every pair, sorted.
    fn plainly(left: &[Time], right: &[Time], within: i64) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for (n, one) in left.iter().enumerate() {
            for (m, two) in right.iter().enumerate() {
                all.push((one.since(*two).abs(), *two, m, n));
            }
        }
        all.sort();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (apart, _, m, n) in all {
            let is_free = found.iter().all(|(a, b)| *a != n && *b != m);
            if apart <= within && is_free {
                found.push((n, m));
            }
        }
        found
    }

    #[test]
    fn it_is_what_sorting_every_pair_finds() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for round in 0..2_000 {
            let range = [4, 12, 100][round % 3];
            let mut some = |most| {
                let count = next(most);
                let mut times: Vec<Time> = (0..count).map(|_| at(next(range) as i64)).collect();
                times.sort();
                times
            };
            let (left, right) = (some(9), some(9));
            let within = [0, 3, 100][round % 3];
            let (mut ours, mut plain) =
                (pairs(&left, &right, within), plainly(&left, &right, within));
            ours.sort();
            plain.sort();
            assert_eq!(ours, plain, "{left:?} {right:?} {within}");
        }
    }

    #[test]
    fn many_at_once_take_no_longer_than_many() {
        let left: Vec<Time> = (0..200_000).map(|n| at(n * 2)).collect();
        let right: Vec<Time> = (0..200_000).map(|n| at(n * 3)).collect();
        assert!(pairs(&left, &right, 1_000_000).len() > 190_000);
    }
}
