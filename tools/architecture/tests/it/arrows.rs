//! Arrows between the areas of the market, by noun: kernel, then outbound, platform, identity, work, and what reads across them.

use architecture::{hold, imports, read, root, sources};
use std::collections::BTreeSet;

/// The areas from the bottom up, and their nouns. An area names those above it in this list; siblings stand in `SIBLINGS`.
const AREAS: &[(&str, &[&str])] = &[
    ("kernel", &["error", "id", "money", "next", "page", "text", "time", "value"]),
    ("outbound", &["answer", "client", "failure", "ip", "limits", "name", "policy", "resolver", "signature", "target"]),
    (
        "platform",
        &[
            "db",
            "event",
            "idempotency",
            "ledger",
            "live",
            "mail",
            "market",
            "memory",
            "mode",
            "network",
            "password",
            "permit",
            "queue",
            "registry",
            "rules",
            "schema",
            "sequencer",
            "stream",
            "timer",
        ],
    ),
    (
        "identity",
        &[
            "actor",
            "address",
            "approval",
            "audit",
            "invitation",
            "key",
            "login",
            "mailed_link",
            "mandate",
            "member",
            "membership",
            "reset",
            "role",
            "scope",
            "seal",
            "second_factor",
            "session",
            "suspension",
            "team",
            "token",
            "unsent",
            "verification",
        ],
    ),
    ("payments", &["amount_event", "deposit", "letter", "payee", "payment", "payout", "refill"]),
    ("webhooks", &["delivery", "endpoint", "wire"]),
    (
        "work",
        &[
            "application",
            "deliverable",
            "dispute",
            "escrow",
            "featuring",
            "file",
            "hallmark",
            "job",
            "job_invitation",
            "message",
            "nda",
            "party",
            "question",
            "rating",
            "review",
        ],
    ),
    ("crowd", &["block", "consensus", "dataset", "licence", "response"]),
    ("agents", &["agent", "deployment", "execution", "run", "scan", "tool", "workflow"]),
    (
        "market",
        &[
            "activity",
            "admin",
            "card_acceptance",
            "dashboard",
            "deletion",
            "export",
            "feed",
            "inventory",
            "lapse",
            "matching",
            "notification",
            "nouns",
            "preference",
            "profile",
            "safety",
            "search",
            "stake",
            "wallet",
        ],
    ),
];

/// Siblings, which meet through events or in `market`: none names another, but for agents, who hire.
const SIBLINGS: &[&str] = &["payments", "webhooks", "work", "crowd", "agents"];

/// Arrows that go upward or sideways yet.
const WRONG: &[&str] = &[];

fn area(noun: &str) -> Option<usize> {
    AREAS.iter().position(|(_, nouns)| nouns.contains(&noun))
}

fn may_use(from: usize, to: usize) -> bool {
    let (from_name, to_name) = (AREAS[from].0, AREAS[to].0);
    if from != to && SIBLINGS.contains(&from_name) && SIBLINGS.contains(&to_name) {
        return (from_name, to_name) == ("agents", "work");
    }
    to <= from
}

/// The crate and the noun of a file: `market/work/src/job/store.rs` is of `work` and `job`.
fn noun(path: &str) -> Option<(&str, &str)> {
    let (krate, inside) = path.split_once("/src/")?;
    let krate = if krate == "market" { krate } else { krate.strip_prefix("market/")? };
    let noun = inside.split('/').next()?.trim_end_matches(".rs");
    (krate != "testkit" && noun != "lib").then_some((krate, noun))
}

/// The module that a path begins with; a type at the crate's root stands for its module.
fn module(name: &str) -> &str {
    match name {
        "Actor" => "actor",
        "Rules" => "rules",
        "Market" | "RETRIES_MAX" | "Retries" | "act" => "market",
        _ => name,
    }
}

#[test]
fn nouns_use_what_lies_below_them() {
    let names: Vec<_> = std::iter::once("crate").chain(AREAS.iter().map(|(name, _)| *name)).collect();
    let mut found = BTreeSet::new();
    for file in sources(&[".rs"]) {
        let Some((krate, noun)) = noun(&file.path) else { continue };
        let Some(from) = area(noun) else {
            found.insert(format!("{noun} has no area"));
            continue;
        };
        // An area without a crate of its own yet is in the facade.
        let home = if root().join("market").join(AREAS[from].0).is_dir() { AREAS[from].0 } else { "market" };
        if krate != home {
            found.insert(format!("{noun} is in {krate}, and of {}", AREAS[from].0));
        }
        for import in imports(&read(&file.text).code, &names) {
            let to = module(&import.module);
            if area(to).is_some_and(|area| !may_use(from, area)) {
                found.insert(format!("{noun} -> {to}"));
            }
        }
    }
    hold("A noun names those below it", found.into_iter().collect(), WRONG);
}
