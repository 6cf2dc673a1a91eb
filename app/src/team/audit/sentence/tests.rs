use super::*;
use market::Time;
use market::nouns::REGISTRY;
use serde_json::json;

/// The audited events of people, roles, keys and agents with the facts that its act records, and its sentence.
fn sentences() -> Vec<(&'static str, Value, &'static str)> {
    let mail = "bob@example.org";
    let agent = || json!({ "name": "Ferrous", "kind": "agent", "specializations": ["coding"] });
    vec![
        ("team.created", json!({ "name": "Labs" }), "Ada made the team Labs"),
        ("team.renamed", json!({ "from": "Labs", "to": "Works" }), "Ada renamed the team from Labs to Works"),
        ("team.plan_changed", json!({ "from": "free", "to": "pro" }), "Ada changed the team’s plan from free to pro"),
        ("team.member_joined", json!({ "name": "Ada", "role": "Viewer", "role_id": "role_viewer" }), "Ada joined the team as Viewer"),
        (
            "team.member_role_changed",
            json!({ "name": "Bob", "from": "Viewer", "to": "Developer", "role_id": "role_developer" }),
            "Ada changed Bob’s role from Viewer to Developer",
        ),
        ("team.member_left", json!({ "name": "Ada", "role": "Viewer" }), "Ada left the team; they were Viewer"),
        ("team.member_removed", json!({ "name": "Bob", "role": "Viewer" }), "Ada removed Bob, who was Viewer"),
        ("invitation.sent", json!({ "email": mail, "role": "Viewer", "role_id": "role_viewer" }), "Ada invited bob@example.org as Viewer"),
        ("invitation.resent", json!({ "email": mail, "role": "Viewer" }), "Ada sent the invitation of bob@example.org again, as Viewer"),
        (
            "invitation.role_changed",
            json!({ "email": mail, "from": "Viewer", "to": "Clerk", "role_id": "role_1" }),
            "Ada changed the invitation of bob@example.org from Viewer to Clerk",
        ),
        ("invitation.revoked", json!({ "email": mail, "role": "Viewer" }), "Ada revoked the invitation of bob@example.org as Viewer"),
        ("invitation.lapsed", json!({ "email": mail, "role": "Viewer" }), "The invitation of bob@example.org as Viewer lapsed"),
        ("role.created", json!({ "name": "Clerk", "scopes": ["jobs:read"] }), "Ada made the role Clerk"),
        (
            "role.changed",
            json!({ "name": "Clerk", "from": "Aide", "scopes": ["teams:write"], "added": ["teams:write"], "removed": ["jobs:read"] }),
            "Ada renamed the role Aide to Clerk; it may now rename the team; \
             it may no longer see the team's jobs, applications, work and messages",
        ),
        ("role.deleted", json!({ "name": "Clerk" }), "Ada deleted the role Clerk"),
        ("key.created", json!({ "name": "bot", "prefix": "age_" }), "Ada made the API key bot"),
        ("member.suspended", json!({ "name": "Bob", "reason": "Spam" }), "Ada suspended Bob from the server: Spam"),
        ("member.reinstated", json!({ "name": "Bob" }), "Ada lifted the suspension of Bob"),
        ("member.address_verified", json!({ "name": "Bob" }), "Ada marked the email address of Bob as verified"),
        ("member.deletion_asked", json!({ "deletion_at": "2026-12-07" }), "Ada asked for the deletion of their account"),
        ("member.deletion_undone", json!({}), "Ada kept their account, which was to be deleted"),
        ("export.asked", json!({}), "Ada asked for a copy of their data"),
        ("timer.retried", json!({}), "Ada had a failed timer tried again"),
        ("key.revoked", json!({ "name": "bot", "prefix": "age_" }), "Ada revoked the API key bot"),
        ("agent.created", agent(), "Ada made the agent Ferrous"),
        ("agent.updated", agent(), "Ada edited the agent Ferrous"),
        ("agent.paused", agent(), "Ada paused the agent Ferrous"),
        ("preference.updated", agent(), "Ada changed which jobs Ferrous looks for"),
        ("agent.retired", agent(), "Ada retired the agent Ferrous"),
        ("agent.resumed", agent(), "Ada resumed the agent Ferrous"),
        ("agent.made_default", agent(), "Ada made Ferrous the team’s default agent"),
    ]
}

/// The audited events of mandates and approvals.
fn sentences_of_mandates() -> Vec<(&'static str, Value, &'static str)> {
    let decided = |status: &str| json!({ "agent": "Ferrous", "amount": 42_000, "title": "A parser", "status": status });
    vec![
        (
            "mandate.set",
            json!({ "agent": "Ferrous", "version": 2, "is_enabled": true, "per_day": 5_000, "per_month": null }),
            "Ada let the agent Ferrous spend up to 50.00 a day",
        ),
        ("mandate.revoked", json!({ "agent": "Ferrous", "version": 2 }), "Ada revoked the mandate of the agent Ferrous"),
        ("approval.decided", decided("approved"), "Ada approved that the agent Ferrous spends 420.00 on A parser"),
    ]
}

/// The audited events of money and webhooks.
fn sentences_of_money_and_webhooks() -> Vec<(&'static str, Value, &'static str)> {
    let webhook = || json!({ "origin": "https://example.com", "reason": "by_hand" });
    vec![
        ("payee.connected", json!({ "account": "acct_1" }), "Ada connected the payout account acct_1"),
        ("payee.schedule_changed", json!({ "is_weekly": true }), "Ada switched weekly payouts on"),
        (
            "refill.changed",
            json!({ "threshold": 5_000, "amount": 10_000, "monthly_limit": 50_000, "is_enabled": true }),
            "Ada set automatic refill to charge 100.00 below 50.00, at most 500.00 a month",
        ),
        ("refill.card_saved", json!({ "card": "Visa ending 4242" }), "A card was saved for automatic refill: Visa ending 4242"),
        ("refill.card_forgotten", json!({ "card": "Visa ending 4242" }), "Ada removed the saved card Visa ending 4242"),
        ("webhook.created", webhook(), "Ada made the webhook at https://example.com"),
        ("webhook.updated", webhook(), "Ada edited the webhook at https://example.com"),
        ("webhook.deleted", webhook(), "Ada deleted the webhook at https://example.com"),
        ("webhook.secret_rotated", webhook(), "Ada gave the webhook at https://example.com another secret"),
        ("webhook.enabled", webhook(), "Ada enabled the webhook at https://example.com"),
        ("webhook.disabled", webhook(), "Ada disabled the webhook at https://example.com"),
    ]
}

fn entry(name: &str, facts: Value) -> Entry {
    let by = By { member_id: "user_ada".into(), name: "Ada".into(), key_id: None };
    Entry { id: "evt_1".into(), name: name.into(), subject: "it".into(), facts, by: Some(by), at: Time::from_ms(0) }
}

fn read(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) | Part::Name(text) | Part::Link(text, _) => text.as_str(),
        })
        .collect()
}

fn sentences_of_safety() -> Vec<(&'static str, Value, &'static str)> {
    let job = || json!({ "target_type": "job", "name": "Buy pills", "reason": "It is spam." });
    vec![
        ("safety.hidden", job(), "Ada hid the job Buy pills: It is spam."),
        ("safety.restored", job(), "Ada shows again the job Buy pills: It is spam."),
        ("safety.upheld", job(), "Ada keeps hidden the job Buy pills: It is spam."),
        ("safety.dismissed", json!({ "target_type": "agent", "reason": "It is none." }), "Ada left a reported agent as it is: It is none."),
        ("safety.appealed", json!({ "target_type": "job", "name": "Buy pills" }), "Ada appealed for the job Buy pills"),
    ]
}

#[test]
fn every_audited_event_has_a_sentence() {
    let told_here = [sentences(), sentences_of_safety(), sentences_of_mandates(), sentences_of_money_and_webhooks()].concat();
    for spec in REGISTRY.events.specs().filter(|spec| spec.audited.is_some()) {
        let (_, facts, text) =
            told_here.iter().find(|(name, ..)| *name == spec.name).unwrap_or_else(|| panic!("no sentence of {}", spec.name));
        let parts = sentence(&entry(spec.name, facts.clone()), &Links::default()).unwrap_or_else(|| panic!("{} is told", spec.name));
        assert_eq!(read(&parts), *text, "{}", spec.name);
        assert!(!read(&parts).contains('…'), "{}", spec.name);
    }
    for (name, ..) in told_here {
        assert!(REGISTRY.events.find(name).is_some_and(|spec| spec.audited.is_some()), "{name} is audited");
    }
}

#[test]
fn a_sentence_leads_to_what_its_reader_may_see() {
    let links = Links { roles: vec!["role_developer".into(), "it".into()], agents: true, keys: true, webhooks: vec!["it".into()] };
    let leads = |name: &str, facts: Value| {
        let parts = told(&entry(name, facts), &links);
        parts.into_iter().find_map(|part| if let Part::Link(_, to) = part { Some(to) } else { None })
    };
    let role = json!({ "name": "Bob", "from": "Viewer", "to": "Developer", "role_id": "role_developer" });
    assert_eq!(leads("team.member_role_changed", role).as_deref(), Some("/team/roles/role_developer"));
    assert_eq!(leads("role.created", json!({ "name": "Clerk" })).as_deref(), Some("/team/roles/it"));
    assert_eq!(leads("role.deleted", json!({ "name": "Clerk" })), None);
    assert_eq!(leads("agent.paused", json!({ "name": "Ferrous" })).as_deref(), Some("/agents/it"));
    assert_eq!(leads("webhook.updated", json!({ "origin": "https://example.com" })).as_deref(), Some("/webhooks/it"));
    assert_eq!(leads("key.created", json!({ "name": "bot" })).as_deref(), Some("/settings/keys"));
}

#[test]
fn the_author_may_be_the_operator_or_the_subject() {
    let facts = json!({ "name": "Ada", "from": "Owner", "to": "Viewer" });
    let own = Entry { subject: "user_ada".into(), ..entry("team.member_role_changed", facts) };
    assert_eq!(read(&told(&own, &Links::default())), "Ada changed their own role from Owner to Viewer");
    let plan = Entry { by: None, ..entry("team.plan_changed", json!({ "from": "free", "to": "pro" })) };
    let failed = Entry { by: None, ..entry("webhook.disabled", json!({ "origin": "https://example.com", "reason": "failing" })) };
    assert_eq!(read(&told(&failed, &Links::default())), "The webhook at https://example.com was disabled: it failed for five days");
    assert_eq!(read(&told(&plan, &Links::default())), "The operator changed the team’s plan from free to pro");
    let old = entry("role.changed", json!({ "name": "Clerk", "scopes": [] }));
    assert_eq!(read(&told(&old, &Links::default())), "Ada changed the role Clerk");
    assert_eq!(read(&told(&entry("team.moved", json!({})), &Links::default())), "Ada: team moved");
}
