//! The English sentence of each audited event: who did it, and to what, with links to what is still there.

use crate::role::words::listed;
use market::Money;
use market::audit::{By, Entry};
use market::id::{EndpointId, RoleId};
use serde_json::Value;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Plain text.
    Text(String),
    /// A name.
    Name(String),
    /// A name that leads to its thing.
    Link(String, String),
}

/// The things that a sentence can lead to, for its reader.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The ids of the roles that the reader may see.
    pub roles: Vec<RoleId>,
    /// True if the reader may open the pages of agents.
    pub agents: bool,
    /// True if the reader may open the page of API keys.
    pub keys: bool,
    /// The ids of the webhooks that the reader may see.
    pub webhooks: Vec<EndpointId>,
}

/// Returns the sentence of an entry; one of plain words for an event that has none.
pub(super) fn told(entry: &Entry, links: &Links) -> Vec<Part> {
    sentence(entry, links).unwrap_or_else(|| {
        let what = entry.name.replace(['.', '_'], " ");
        vec![author(entry.by.as_ref()), text(": "), text(&what)]
    })
}

/// Returns the sentence of an entry; none if its event has none.
fn sentence(entry: &Entry, links: &Links) -> Option<Vec<Part>> {
    let facts = Facts { entry, links };
    let of_noun = match entry.name.split('.').next()? {
        "team" => team(&facts),
        "member" => member(&facts),
        "safety" => safety(&facts),
        "invitation" => invitation(&facts),
        "role" => role(&facts),
        "key" => key(&facts),
        "agent" | "preference" => agent(&facts),
        "webhook" => webhook(&facts),
        "mandate" => mandate(&facts),
        "approval" => approval(&facts),
        "payee" => payee(&facts),
        "refill" => refill(&facts),
        "export" => (entry.name == "export.asked").then(|| vec![text(" asked for a copy of their data")]),
        "timer" => (entry.name == "timer.retried").then(|| vec![text(" had a failed timer tried again")]),
        _ => None,
    };
    let mut parts = of_noun?;
    if !is_nobodys_act(entry) {
        parts.insert(0, author(entry.by.as_ref()));
    }
    Some(parts)
}

/// Returns true if nobody of the team or the server did it: a lapsed invitation, a webhook that failed, a card that a provider saved. It is
/// the subject of its own sentence.
fn is_nobodys_act(entry: &Entry) -> bool {
    match entry.name.as_str() {
        "invitation.lapsed" | "refill.card_saved" => true,
        name => name == "webhook.disabled" && entry.by.is_none(),
    }
}

fn author(by: Option<&By>) -> Part {
    Part::Name(by.map_or_else(|| "The operator".to_owned(), |by| by.name.clone()))
}

fn team(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let is_own = facts.entry.by.as_ref().is_some_and(|by| by.member_id.as_str() == facts.entry.subject);
    Some(match facts.entry.name.as_str() {
        "team.created" => vec![text(" made the team "), facts.name("name")],
        "team.renamed" => vec![text(" renamed the team from "), facts.name("from"), text(" to "), facts.name("to")],
        "team.plan_changed" => vec![text(" changed the team’s plan from "), facts.name("from"), text(" to "), facts.name("to")],
        "team.member_joined" => vec![text(" joined the team as "), facts.role_of("role", "role_id")],
        "team.member_role_changed" => {
            let whose = if is_own { vec![text(" changed their own")] } else { vec![text(" changed "), facts.name("name"), text("’s")] };
            let roles = [text(" role from "), facts.name("from"), text(" to "), facts.role_of("to", "role_id")];
            whose.into_iter().chain(roles).collect()
        }
        "team.member_left" => vec![text(" left the team; they were "), facts.name("role")],
        "team.member_removed" => vec![text(" removed "), facts.name("name"), text(", who was "), facts.name("role")],
        _ => return None,
    })
}

/// The sentences of what happened to the account of a member, who is the team's own: an admin of the server did it, or they themselves.
fn member(facts: &Facts<'_>) -> Option<Vec<Part>> {
    Some(match facts.entry.name.as_str() {
        "member.suspended" => vec![text(" suspended "), facts.name("name"), text(" from the server: "), facts.name("reason")],
        "member.reinstated" => vec![text(" lifted the suspension of "), facts.name("name")],
        "member.deletion_asked" => vec![text(" asked for the deletion of their account")],
        "member.deletion_undone" => vec![text(" kept their account, which was to be deleted")],
        "member.address_verified" => vec![text(" marked the email address of "), facts.name("name"), text(" as verified")],
        _ => return None,
    })
}

/// The sentences of what became of a thing that was reported: an admin of the server decided, or the team appealed.
fn safety(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let thing = |verb: &str, rest: &[Part]| {
        let named = [text(verb), facts.name("target_type"), text(" "), facts.name("name")];
        named.into_iter().chain(rest.iter().cloned()).collect()
    };
    Some(match facts.entry.name.as_str() {
        "safety.hidden" => thing(" hid the ", &[text(": "), facts.name("reason")]),
        "safety.restored" => thing(" shows again the ", &[text(": "), facts.name("reason")]),
        "safety.upheld" => thing(" keeps hidden the ", &[text(": "), facts.name("reason")]),
        "safety.dismissed" => {
            vec![text(" left a reported "), facts.name("target_type"), text(" as it is: "), facts.name("reason")]
        }
        "safety.appealed" => thing(" appealed for the ", &[]),
        _ => return None,
    })
}

fn invitation(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let whom = || facts.name("email");
    Some(match facts.entry.name.as_str() {
        "invitation.sent" => vec![text(" invited "), whom(), text(" as "), facts.role_of("role", "role_id")],
        "invitation.resent" => vec![text(" sent the invitation of "), whom(), text(" again, as "), facts.name("role")],
        "invitation.role_changed" => {
            let to = facts.role_of("to", "role_id");
            vec![text(" changed the invitation of "), whom(), text(" from "), facts.name("from"), text(" to "), to]
        }
        "invitation.revoked" => vec![text(" revoked the invitation of "), whom(), text(" as "), facts.name("role")],
        "invitation.lapsed" => vec![text("The invitation of "), whom(), text(" as "), facts.name("role"), text(" lapsed")],
        _ => return None,
    })
}

fn role(facts: &Facts<'_>) -> Option<Vec<Part>> {
    Some(match facts.entry.name.as_str() {
        "role.created" => vec![text(" made the role "), facts.role("name")],
        "role.changed" => changed(facts),
        "role.deleted" => vec![text(" deleted the role "), facts.name("name")],
        _ => return None,
    })
}

/// Says what a role was called and what it gained and lost. Lines from before these facts say that it was changed.
fn changed(facts: &Facts<'_>) -> Vec<Part> {
    let mut parts = match facts.text("from") {
        Some(from) if Some(from) != facts.text("name") => vec![text(" renamed the role "), Part::Name(from.to_owned()), text(" to ")],
        _ => vec![text(" changed the role ")],
    };
    parts.push(facts.role("name"));
    for (fact, now) in [("added", "it may now "), ("removed", "it may no longer ")] {
        let permissions = facts.list(fact);
        if !permissions.is_empty() {
            parts.push(text(&format!("; {now}{}", listed(&permissions))));
        }
    }
    parts
}

fn key(facts: &Facts<'_>) -> Option<Vec<Part>> {
    Some(match facts.entry.name.as_str() {
        "key.created" if facts.links.keys => vec![text(" made the API key "), facts.link("name", "/settings/keys".to_owned())],
        "key.created" => vec![text(" made the API key "), facts.name("name")],
        "key.revoked" => vec![text(" revoked the API key "), facts.name("name")],
        _ => return None,
    })
}

fn agent(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let agent = match facts.links.agents {
        true => facts.link("name", format!("/agents/{}", facts.entry.subject)),
        false => facts.name("name"),
    };
    Some(match facts.entry.name.as_str() {
        "agent.created" => vec![text(" made the agent "), agent],
        "agent.updated" => vec![text(" edited the agent "), agent],
        "agent.paused" => vec![text(" paused the agent "), agent],
        "agent.retired" => vec![text(" retired the agent "), agent],
        "agent.resumed" => vec![text(" resumed the agent "), agent],
        "preference.updated" => vec![text(" changed which jobs "), agent, text(" looks for")],
        "agent.made_default" => vec![text(" made "), agent, text(" the team’s default agent")],
        _ => return None,
    })
}

fn mandate(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let agent = || match facts.links.agents {
        true => facts.link("agent", format!("/agents/{}/mandate", facts.entry.subject)),
        false => facts.name("agent"),
    };
    let limits = [("per_day", "a day"), ("per_month", "a month")];
    let limits = limits.into_iter().filter_map(|(fact, span)| facts.cents(fact).map(|most| format!("{most} {span}")));
    Some(match facts.entry.name.as_str() {
        "mandate.set" if facts.entry.facts["is_enabled"] == true => {
            vec![text(" let the agent "), agent(), text(&format!(" spend up to {}", limits.collect::<Vec<_>>().join(" and ")))]
        }
        "mandate.set" => vec![text(" let the agent "), agent(), text(" spend nothing")],
        "mandate.revoked" => vec![text(" revoked the mandate of the agent "), agent()],
        _ => return None,
    })
}

fn approval(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let decided = match facts.text("status") {
        Some("approved") => " approved that the agent ",
        _ => " denied that the agent ",
    };
    let spends = [text(decided), facts.name("agent"), text(" spends "), facts.money("amount"), text(" on "), facts.name("title")];
    (facts.entry.name == "approval.decided").then(|| spends.into())
}

fn payee(facts: &Facts<'_>) -> Option<Vec<Part>> {
    Some(match facts.entry.name.as_str() {
        "payee.connected" => vec![text(" connected the payout account "), facts.name("account")],
        "payee.schedule_changed" if facts.entry.facts["is_weekly"] == true => vec![text(" switched weekly payouts on")],
        "payee.schedule_changed" => vec![text(" switched weekly payouts off")],
        _ => return None,
    })
}

fn refill(facts: &Facts<'_>) -> Option<Vec<Part>> {
    Some(match facts.entry.name.as_str() {
        "refill.changed" if facts.entry.facts["is_enabled"] == true => {
            vec![text(" set automatic refill to charge "), facts.money("amount"), text(" below "), facts.money("threshold"), facts.limit()]
        }
        "refill.changed" => vec![text(" switched automatic refill off; a balance below "), facts.money("threshold"), text(" is told")],
        "refill.card_saved" => vec![text("A card was saved for automatic refill: "), facts.name("card")],
        "refill.card_forgotten" => vec![text(" removed the saved card "), facts.name("card")],
        _ => return None,
    })
}

fn webhook(facts: &Facts<'_>) -> Option<Vec<Part>> {
    let origin = || match facts.links.webhooks.iter().find(|id| id.as_str() == facts.entry.subject) {
        Some(id) => facts.link("origin", crate::webhook::address(id)),
        None => facts.name("origin"),
    };
    Some(match facts.entry.name.as_str() {
        "webhook.created" => vec![text(" made the webhook at "), origin()],
        "webhook.updated" => vec![text(" edited the webhook at "), origin()],
        "webhook.deleted" => vec![text(" deleted the webhook at "), origin()],
        "webhook.secret_rotated" => vec![text(" gave the webhook at "), origin(), text(" another secret")],
        "webhook.enabled" => vec![text(" enabled the webhook at "), origin()],
        "webhook.disabled" if facts.entry.by.is_some() => vec![text(" disabled the webhook at "), origin()],
        "webhook.disabled" => {
            let why = if facts.text("reason") == Some("gone") { "it answered that it is gone" } else { "it failed for five days" };
            vec![text("The webhook at "), origin(), text(" was disabled: "), text(why)]
        }
        _ => return None,
    })
}

fn text(text: &str) -> Part {
    Part::Text(text.to_owned())
}

/// The facts of an entry, as parts of a sentence.
struct Facts<'a> {
    entry: &'a Entry,
    links: &'a Links,
}

impl<'a> Facts<'a> {
    fn text(&self, fact: &str) -> Option<&'a str> {
        self.entry.facts.get(fact).and_then(Value::as_str)
    }

    fn list(&self, fact: &str) -> Vec<&'a str> {
        self.entry.facts.get(fact).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// A fact that is missing in an old line reads as three dots.
    fn name(&self, fact: &str) -> Part {
        Part::Name(self.text(fact).unwrap_or("…").to_owned())
    }

    /// An amount of money.
    fn money(&self, fact: &str) -> Part {
        text(&self.cents(fact).map_or_else(|| "…".to_owned(), |money| money.to_string()))
    }

    fn cents(&self, fact: &str) -> Option<Money> {
        self.entry.facts.get(fact).and_then(Value::as_i64).map(Money)
    }

    /// The limit of a month, if there is one.
    fn limit(&self) -> Part {
        text(&self.cents("monthly_limit").map(|limit| format!(", at most {limit} a month")).unwrap_or_default())
    }

    fn link(&self, fact: &str, to: String) -> Part {
        Part::Link(self.text(fact).unwrap_or("…").to_owned(), to)
    }

    /// The role that the entry is about.
    fn role(&self, fact: &str) -> Part {
        self.role_with(fact, &self.entry.subject)
    }

    /// A role whose id is another fact.
    fn role_of(&self, fact: &str, id: &str) -> Part {
        self.role_with(fact, self.text(id).unwrap_or_default())
    }

    fn role_with(&self, fact: &str, id: &str) -> Part {
        match self.links.roles.iter().find(|role| role.as_str() == id) {
            Some(role) => self.link(fact, crate::role::address(role)),
            None => self.name(fact),
        }
    }
}

#[cfg(test)]
mod tests;
