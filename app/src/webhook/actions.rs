//! The form actions of webhooks. Each is one act; a secret travels in a cookie that only the page of its endpoint reads.

use super::words::{LIST, TEAM, address};
use crate::act::{act, once};
use crate::fault::Fault;
use crate::once::Done;
use crate::settings::secret;
use crate::url::ours;
use crate::visitor::{Visitor, guest};
use leptos::prelude::*;
use market::delivery::{self, Replay, Replayed, Which};
use market::endpoint::{self, Change, Created, Draft, Hears};
use market::id::{AgentId, DeliveryId, EndpointId};
use market::text::Word;
use market::wire::{ALL_EVENTS, Dialect};
use market::{Error, Time};

/// Adds an endpoint, and leads to its page, which shows the secret once.
#[server(prefix = "/_fn", endpoint = "webhooks/create")]
pub async fn create_webhook(
    url: String,
    description: String,
    dialect: String,
    all: Option<String>,
    agent: Option<String>,
    #[server(default)] events: Vec<String>,
    #[server(default)] secret: String,
) -> Result<(), Fault> {
    let dialect = Dialect::read("dialect", &dialect)?;
    let events = wanted(Some(dialect), all.is_some(), &events)?;
    let agent_id = hears(agent).and_then(|hears| hears.agent().cloned());
    let draft = Draft { url, description, events, dialect, agent_id, secret: given(secret) };
    let Visitor { market, webhooks, .. } = guest()?;
    let config = webhooks.config(&market);
    let is_own = draft.secret.is_some();
    let done = once!(|tx, actor| endpoint::create(tx, actor, &config, &draft).await, |created| {
        handing_over(created, is_own, "The webhook is added. Send a test to see it arrive.")
    })?;
    show_once(done, is_own, "The webhook was added by your first press, and its secret was shown then.")
}

/// Gives an endpoint another secret, which its page shows once.
#[server(prefix = "/_fn", endpoint = "webhooks/rotate")]
pub async fn rotate_webhook_secret(webhook: String, #[server(default)] secret: String) -> Result<(), Fault> {
    let (id, wanted) = (EndpointId::from(webhook), given(secret));
    let Visitor { market, webhooks, .. } = guest()?;
    let config = webhooks.config(&market);
    let is_own = wanted.is_some();
    let done = once!(|tx, actor| endpoint::rotate_secret(tx, actor, &config, &id, wanted.as_deref()).await, |created| {
        handing_over(created, is_own, "The secret is rotated.")
    })?;
    show_once(done, is_own, "The secret was rotated by your first press, and shown then.")
}

/// Returns the result of an act that made a secret. One that the receiver brought is not shown.
fn handing_over(created: Created, is_own: bool, notice: &str) -> Done {
    let Created { endpoint, secret } = created;
    let done = Done::new(address(&endpoint.id), notice).about(endpoint.id.to_string());
    if is_own { done } else { done.secret(secret) }
}

/// Redirects the browser with the secret. It is kept nowhere, so a second press has none and reads `missed`.
fn show_once(done: Done, is_own: bool, missed: &str) -> Result<(), Fault> {
    match (&done.secret, &done.about) {
        (Some(made), Some(id)) => {
            let page = address(&EndpointId::from(id.clone()));
            secret::WEBHOOK.hand_over_at(&page, made, &guest()?.market.rules);
            done.go()
        }
        _ if is_own => done.go(),
        _ => done.saying(format!("{missed} If you missed it, rotate the secret to get another.")).go(),
    }
}

/// Changes the address, the description, the events and the agent of an endpoint; a form without agents leaves the agent.
#[server(prefix = "/_fn", endpoint = "webhooks/update")]
pub async fn update_webhook(
    webhook: String,
    url: String,
    description: String,
    all: Option<String>,
    agent: Option<String>,
    #[server(default)] events: Vec<String>,
) -> Result<(), Fault> {
    let events = wanted(None, all.is_some(), &events)?;
    let change = Change { hears: hears(agent), url: Some(url), description: Some(description), events: Some(events), ..Change::default() };
    change_webhook(webhook, change, "The webhook is saved.").await
}

/// Enables an endpoint; what waited for it is sent.
#[server(prefix = "/_fn", endpoint = "webhooks/enable")]
pub async fn enable_webhook(webhook: String) -> Result<(), Fault> {
    let change = Change { is_active: Some(true), ..Change::default() };
    change_webhook(webhook, change, "The webhook is on. What waited is sent now.").await
}

/// Disables an endpoint.
#[server(prefix = "/_fn", endpoint = "webhooks/disable")]
pub async fn disable_webhook(webhook: String) -> Result<(), Fault> {
    let change = Change { is_active: Some(false), ..Change::default() };
    change_webhook(webhook, change, "The webhook is disabled. Nothing is sent to it.").await
}

async fn change_webhook(webhook: String, change: Change, notice: &'static str) -> Result<(), Fault> {
    let id = EndpointId::from(webhook);
    let Visitor { market, webhooks, .. } = guest()?;
    let config = webhooks.config(&market);
    act!(|tx, actor| endpoint::update(tx, actor, &config, &id, &change).await, |endpoint| (address(&endpoint.id), notice))
}

/// Deletes an endpoint.
#[server(prefix = "/_fn", endpoint = "webhooks/delete")]
pub async fn delete_webhook(webhook: String) -> Result<(), Fault> {
    let id = EndpointId::from(webhook);
    act!(|tx, actor| endpoint::delete(tx, actor, &id).await, |endpoint| {
        (LIST, format!("The webhook at {} is deleted.", endpoint.origin()))
    })
}

/// Sends a test to an endpoint.
#[server(prefix = "/_fn", endpoint = "webhooks/test")]
pub async fn test_webhook(webhook: String) -> Result<(), Fault> {
    let id = EndpointId::from(webhook);
    let Visitor { market, webhooks, .. } = guest()?;
    let config = webhooks.config(&market);
    act!(|tx, actor| delivery::test(tx, actor, &config, &id).await, |sent| {
        (address(&sent.endpoint_id), "A test is on its way. The log shows what comes of it.")
    })
}

/// Sends a delivery again, and leads back to where it was asked for.
#[server(prefix = "/_fn", endpoint = "webhooks/redeliver")]
pub async fn redeliver_webhook(delivery: String, back: String) -> Result<(), Fault> {
    let id = DeliveryId::from(delivery);
    act!(|tx, actor| delivery::redeliver(tx, actor, &id).await, |sent| {
        (ours(&back).to_owned(), format!("{} is sent again now.", sent.event))
    })
}

/// Sends the events of a time to an endpoint again.
#[server(prefix = "/_fn", endpoint = "webhooks/replay")]
pub async fn replay_webhook(webhook: String, since: String, until: String, which: String) -> Result<(), Fault> {
    let id = EndpointId::from(webhook);
    let until = Some(until).filter(|until| !until.trim().is_empty()).map(|until| moment("until", &until)).transpose()?;
    let wanted = Replay { since: moment("since", &since)?, until, which: Which::read("which", &which)? };
    let Visitor { market, webhooks, .. } = guest()?;
    let config = webhooks.config(&market);
    act!(|tx, actor| delivery::replay(tx, actor, &config, &id, &wanted).await, |replayed| (address(&id), told(&replayed)))
}

fn told(replayed: &Replayed) -> String {
    let more = match replayed.next_since {
        Some(next) => format!(" Later events were not looked at: replay again from {next}."),
        None if replayed.is_all => String::new(),
        None => " There are more: replay again once these were sent.".to_owned(),
    };
    match replayed.count {
        0 if replayed.next_since.is_some() => format!("Nothing to send so far.{more}"),
        0 => "Nothing of that time is left to send.".to_owned(),
        1 => format!("1 delivery is sent now.{more}"),
        count => format!("{count} deliveries are sent now.{more}"),
    }
}

/// Reads a time as browsers send it: without a zone, which is UTC here, and mostly without seconds.
fn moment(field: &'static str, text: &str) -> Result<Time, Error> {
    let text = text.trim();
    let whole = match text.len() {
        16 => format!("{text}:00Z"),
        19 => format!("{text}Z"),
        _ => text.to_owned(),
    };
    Time::parse(field, &whole)
}

/// Returns the names that were ticked, which the form sends as `gagiteck:job.delivered`; of one dialect, if the form has several.
fn wanted(dialect: Option<Dialect>, all: bool, ticked: &[String]) -> Result<Vec<String>, Error> {
    if all {
        return Ok(vec![ALL_EVENTS.to_owned()]);
    }
    let pairs = ticked.iter().filter_map(|value| value.split_once(':'));
    let of = pairs.filter(|(word, _)| dialect.is_none_or(|dialect| dialect.as_str() == *word));
    let names: Vec<_> = of.map(|(_, name)| name.to_owned()).collect();
    if names.is_empty() {
        return Err(Error::field("events", "Tick at least one, or all of them."));
    }
    Ok(names)
}

/// Reads the field of the agent; none for a form without it.
fn hears(agent: Option<String>) -> Option<Hears> {
    agent.map(|word| if word == TEAM { Hears::Team } else { Hears::Agent(AgentId::from(word)) })
}

/// Returns the text of a field; none for an empty one.
fn given(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_browsers_are_utc() {
        for text in ["2026-11-30T13:40", "2026-11-30T13:40:00", " 2026-11-30T13:40:00Z ", "2026-11-30T14:40:00+01:00"] {
            assert_eq!(moment("since", text).expect("a time").to_string(), "2026-11-30T13:40:00.000Z", "{text}");
        }
        assert!(moment("since", "").is_err() && moment("since", "yesterday").is_err());
    }

    #[test]
    fn events_of_the_chosen_dialect_alone_are_wanted() {
        let ticked = ["gagiteck:job.delivered".to_owned(), "gigiac:task.created".to_owned(), "nonsense".to_owned()];
        assert_eq!(wanted(Some(Dialect::Gigiac), false, &ticked).expect("some"), ["task.created"]);
        assert_eq!(wanted(None, false, &ticked[..1]).expect("some"), ["job.delivered"]);
        assert_eq!(wanted(None, true, &[]).expect("all"), [ALL_EVENTS]);
        assert!(wanted(Some(Dialect::Guildhall), false, &ticked).is_err());
    }
}
