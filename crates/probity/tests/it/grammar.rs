//! What a writer of stories is told: every mistake at its place, with what to write instead.

use crate::library::contract;
use probity::scenario::{Memory, play, read};

/// The first line of each fault of a play block of one line, and its fix.
fn told(line: &str) -> String {
    let text = format!("# A story\n```play\n2026-11-23 10:00\n{line}\n```\n");
    let (_, faults) = read("s.md", &text);
    let show = |fault: &probity::scenario::Fault| {
        let meant = fault.text.get(fault.span.clone()).unwrap_or_default();
        format!("{}:{} [{meant}] {} {}", fault.line, fault.column(), fault.message, fault.fix)
    };
    faults.iter().map(show).collect::<Vec<_>>().join("\n")
}

fn all_told(cases: &[(&str, &str)]) {
    let wrong = cases.iter().filter_map(|(line, expected)| {
        let told = told(line);
        let differs = !told.starts_with(expected);
        differs.then(|| format!("{line}\n  expected {expected}\n  told     {told}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn mistakes_in_steps() {
    let cases = [
        ("ana", "4:4 [] something a customer does is missing"),
        ("ana opens on -> ok", "4:13 [] the line ends where a plan should be Write a plan here."),
        (
            "ana opns on pro -> ok",
            "4:5 [opns] `opns` is not something a customer does Did you mean `opens`?",
        ),
        ("ana runs -> ok", "4:9 [] the line ends where an action should be"),
        (
            "ana runs x with modl y -> ok",
            "4:17 [modl] `modl` is not something a run is asked with (or `12 units`) Did you mean `model`?",
        ),
        (
            "ana runs x with 12 pages -> ok",
            "4:20 [pages] `pages` is not what a run has a number of",
        ),
        (
            "ana runs x with again twice -> ok",
            "4:23 [twice] `twice` is not a way to run again Write one of: redo, fresh.",
        ),
        (
            "ana runs x with hold_for ages -> ok",
            "4:26 [ages] `ages` stands where a length of time such as `10 minutes` should be",
        ),
        (
            "ana checks x with quote q -> ok",
            "4:12 [x with quote q] a check is asked without a quote Leave the quote out",
        ),
        ("ana runs x nowadays -> ok", "4:12 [nowadays] `nowadays` is not understood here"),
        (
            "it ends deliverd -> ok",
            "4:9 [deliverd] `deliverd` is not a way to end Did you mean `delivered`?",
        ),
        ("it ends -> ok", "4:8 [] a way to end is missing Write one of: delivered, partial,"),
        (
            "it is gone -> ok",
            "4:7 [gone] `gone` is not something done with a run Write one of: released, extended, refunded, corrected.",
        ),
        (
            "it is extended 5 minutes -> ok",
            "4:16 [5] `5` stands where `by` should be Write `by` here.",
        ),
        (
            "grant ana ten gift -> ok",
            "4:11 [ten] `ten` stands where an amount of credits such as 6 or 0.5 should be",
        ),
        (
            "grant ana 10 gifts -> ok",
            "4:14 [gifts] `gifts` is not a kind of credits Did you mean `gift`?",
        ),
        (
            "pause ana because late -> ok",
            "4:19 [late] `late` stands where the reason in quotes should be",
        ),
        (
            "override ana with prize x 4 until 2027-06-30 because \"p\" -> ok",
            "4:19 [prize] `prize` is not a special term Did you mean `price`?",
        ),
        ("publish the contract -> ok", "4:21 [] the line ends where `as` should be"),
        (
            "publish the weather -> ok",
            "4:13 [weather] `weather` is not something to publish Write one of: contract, operations.",
        ),
        (
            "ana tops up 50 with p for 5 -> ok",
            "4:27 [5] `5` stands where a sum of money such as $5 or EUR 5 should be",
        ),
        (
            "it ends failed because \"open -> ok",
            "4:24 [\"open -> ok] a text is not closed Close it with `\"`.",
        ),
    ];
    all_told(&cases);
}

#[test]
fn mistakes_in_expectations() {
    let cases = [
        ("ana has", "4:8 [] this step expects nothing Add `-> `"),
        (
            "ana has -> balence 5",
            "4:12 [balence] `balence` is not something that can be expected Did you mean `balance`?",
        ),
        (
            "ana has -> balance",
            "4:19 [] the line ends where an amount of credits such as 6 or 0.5 should be",
        ),
        ("ana has -> balance 5 held 3", "4:22 [held] `held` stands where `,` should be"),
        (
            "ana has -> denied broke",
            "4:19 [broke] `broke` is not a reason to deny a run Write one of: paused, renewal_due,",
        ),
        (
            "ana has -> refused to",
            "4:20 [to] `to` is not a reason to refuse a command Write one of: invalid_request,",
        ),
        (
            "ana has -> says hello",
            "4:17 [hello] `hello` stands where what it says in quotes should be",
        ),
        (
            "ana has -> not price",
            "4:16 [price] `price` is not something that is so or not Write one of: late,",
        ),
        (
            "ana has -> if deliverd 3",
            "4:15 [deliverd] `deliverd` is not a way to end Did you mean `delivered`?",
        ),
        (
            "ana has -> expires soon",
            "4:20 [soon] `soon` stands where a date such as 2026-11-23, or 2026-11-23 10:00 should be",
        ),
        ("ana has -> moves 5 to x", "4:20 [to] `to` stands where `from` should be"),
        ("ana has -> would", "4:17 [] something that can be expected is missing"),
        ("3 days later -> ok", "4:14 [-> ok] nothing can be expected of time passing"),
        (
            "3 dayz later",
            "4:1 [3] `3` stands where a length of time such as `10 minutes` should be",
        ),
    ];
    all_told(&cases);
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let text = "# A\n```play\n2026-11-23\nana opns -> ok\nana has -> balence 5, hold 3\n  sais \"x\"\n```\n";
    let (_, faults) = read("s.md", text);
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [4, 5, 6]);
}

#[test]
fn mistakes_in_the_shape_of_a_file() {
    let fault = |text: &str| {
        let (_, faults) = read("s.md", text);
        faults.first().map(|f| format!("{}: {} {}", f.line, f.message, f.fix)).unwrap_or_default()
    };
    let first = "2: a block called `plai` is not known Did you mean `play`?";
    assert_eq!(fault("# A\n```plai\n```\n"), first);
    let first =
        "1: a block stands before any heading Begin the file with `# ` and what the story shows.";
    assert_eq!(fault("```play\n```\n"), first);
    let first = "2: this block is not closed Close it with a line of its own: ```";
    assert_eq!(fault("# A\n```play\n2026-11-23\n"), first);
    assert_eq!(
        fault("# A\n````markdown\n```play\n```\n````\n"),
        "2: a block called `markdown` is not known Write one of: play, contract, operations."
    );
    assert_eq!(fault("# A\n```sh\nprobity test\n```\n"), "");
}

/// What ends a story early, where it is no expectation.
fn stopped(story: &str) -> String {
    let (stories, faults) = read("s.md", story);
    assert!(faults.is_empty(), "{}", faults[0]);
    let played = play(&stories[0], contract("jobscout"), &mut Memory::default());
    played.failure.map(|failure| failure.to_string()).unwrap_or_default()
}

#[test]
fn stories_that_cannot_be_played_say_why() {
    let told = stopped("# A\n```play\nana opens on pro -> ok\n```\n");
    assert!(told.starts_with("s.md:3:1: nobody knows when this happens"), "{told}");
    let told = stopped("# A\n```play\n2026-11-23\nana opens on pro -> ok\n2026-11-22\n```\n");
    assert!(told.starts_with("s.md:5:1: the clock only goes forward"), "{told}");
    let told = stopped("# A\n```play\n2026-11-23\nit ends delivered -> ok\n```\n");
    assert!(told.starts_with("s.md:4:1: nothing has run so far, so there is no `it`"), "{told}");
    let told = stopped("# A\n```play\n2026-11-23\nana confirms the quote -> ok\n```\n");
    assert!(told.starts_with("s.md:4:1: there is no such quote"), "{told}");
    let edit =
        "# A\n```contract\nlimits.at_onse = 3\n```\n```play\n2026-11-23\nana has -> ok\n```\n";
    let told = stopped(edit);
    assert!(told.contains("the contract is refused: "), "{told}");
    assert!(told.contains("at_once"), "{told}");
    let edit = "# A\n```contract\nwithout limits.no_such_key\n```\n```play\n2026-11-23\n```\n";
    assert!(stopped(edit).contains("s.md:3:1: there is no such key in the contract"));
}

#[test]
fn a_whole_contract_in_a_story_shows_its_own_lines() {
    let story = "# A\n```contract\ncontract: c\nversion: 1\nactions:\n  a: { price: 1 crdit }\nplans:\n  p: { credits: 1 }\n```\n```play\n2026-11-23\nana opens on p -> ok\n```\n";
    let (stories, _) = read("s.md", story);
    let played = play(&stories[0], None, &mut Memory::default());
    let told = played.failure.map(|failure| failure.to_string()).unwrap_or_default();
    assert!(told.starts_with("s.md:6:"), "{told}");
    assert!(told.contains("a: { price: 1 crdit }"), "{told}");
}

#[test]
fn what_turns_out_otherwise_is_shown_side_by_side() {
    let told = stopped(
        "# A\n```play\n2026-11-23\nana opens on pro -> balance 121, held 0\n  period_until 2026-12-24\n```\n",
    );
    let expected = "  4 | ana opens on pro\n  4 |   balance 121\n      - 121\n      + 120\n  5 |   period_until 2026-12-24\n      - 2026-12-24\n      + 2026-12-23";
    assert_eq!(told, expected);
}
