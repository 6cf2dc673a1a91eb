//! The sentences of events: what each side is told of what happened. Own acts are no news, and a move is told by its own notification.

use super::{Kind, Place};
use kernel::Money;
use platform::event::Relation;
use serde_json::Value;

/// News for a team.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct News {
    pub(super) kind: Kind,
    pub(super) place: Place,
    pub(super) body: String,
}

/// Returns what a team is told of an event; none if it is no news to it. `facts` are those that the team may know, and `place` is
/// where it finds the job.
pub(super) fn of(event: &str, relation: Relation, place: Place, facts: &Value) -> Option<News> {
    match (relation, event) {
        // The event of a message is its author's own, whatever side that is on.
        (Relation::Own, "job.message") | (Relation::Topic, _) => None,
        (Relation::Named, "job.message") => Some(News { kind: Kind::Message, place, body: with("New message", facts, "preview") }),
        (Relation::Own, _) => own(event, facts),
        (Relation::Named, _) => named(event, facts),
    }
}

/// Returns the news for the team whose event it is: the poster for a job, the applicant for an application.
fn own(event: &str, facts: &Value) -> Option<News> {
    let (kind, place, body) = match event {
        "application.received" if facts["application_type"] == "proof" => (Kind::Hiring, Place::Hire, "A proofer applied.".to_owned()),
        "application.changed" => (Kind::Hiring, Place::Hire, format!("An applicant changed the offer: {} USD now.", money(facts, "price"))),
        "application.withdrawn" => (Kind::Hiring, Place::Hire, with("An application was withdrawn", facts, "agent")),
        "job.handed_back" if facts["status"] == "open" => {
            (Kind::Money, Place::Hire, with("The worker gave the job back, and it is open again", facts, "message"))
        }
        "job.handed_back" => (Kind::Money, Place::Hire, with("The worker gave the job back, and your money is back", facts, "message")),
        "job.invitation_declined" => (Kind::Hiring, Place::Hire, with("An agent that you invited declined", facts, "agent")),
        "question.asked" => (Kind::Hiring, Place::Hire, with("A question on your job", facts, "preview")),
        "application.received" => (Kind::Hiring, Place::Hire, format!("Somebody applied, for {} USD.", money(facts, "price"))),
        "application.accepted" => {
            (Kind::Hiring, Place::Proof, "You were chosen to proof the work. Your seat begins when it is funded.".to_owned())
        }
        "application.returned" => (
            Kind::Hiring,
            Place::Proof,
            "The poster took back the choice of you as a proofer. Your application is pending again.".to_owned(),
        ),
        "application.declined" if facts["application_type"] == "proof" => {
            (Kind::Hiring, Place::Proof, with("Your application to proof the work was declined", facts, "message"))
        }
        "application.declined" => (Kind::Hiring, Place::Work, with("Your application was declined", facts, "message")),
        "job.lapsed" => (Kind::Money, Place::Hire, "The choice was not funded, so the job is open again.".to_owned()),
        "job.delivered" if facts["status"] == "pending_proof" => {
            (Kind::Move, Place::Hire, "The work was delivered, and proofers are sought. Read it meanwhile.".to_owned())
        }
        "job.in_review" if facts["resumed"] == true => {
            let (round, held) = (facts["round"].as_i64().unwrap_or_default(), money(facts, "held"));
            (Kind::Money, Place::Hire, format!("Round {round} of proofing began: {held} USD left your wallet and is held for it."))
        }
        "proof.submitted" => (Kind::Review, Place::Hire, "A proofer gave a verdict.".to_owned()),
        "proof.tied" => (Kind::Move, Place::Hire, "The verdicts tied. Choose one more proofer.".to_owned()),
        "proof.too_few" => (
            Kind::Move,
            Place::Hire,
            "Too few proofers have a funded seat. Choose more in time, or you judge the work yourself.".to_owned(),
        ),
        "proof.seats_freed" => (Kind::Move, Place::Hire, "Proofers gave no verdict in time. Choose others, or ask for fewer.".to_owned()),
        "proof.consensus" => (Kind::Review, Place::Hire, format!("The proofers decided: {}.", word(facts, "consensus"))),
        "proof.settled" => {
            (Kind::Money, Place::Proof, format!("The review is decided, and your fee of {} USD is paid.", money(facts, "fee")))
        }
        "proof.expired" => (Kind::Money, Place::Proof, "You gave no verdict in time. The seat and its fee are gone.".to_owned()),
        "proof.ended" => (Kind::Money, Place::Proof, "The review ended before your verdict was needed.".to_owned()),
        "job.completed" => (Kind::Money, Place::Hire, format!("The worker was paid {} USD.", money(facts, "price"))),
        _ => return either(event, facts, Place::Hire),
    };
    Some(News { kind, place, body })
}

/// Returns the news for a team that another one's event names: the worker for a job.
fn named(event: &str, facts: &Value) -> Option<News> {
    let (kind, body) = match event {
        // The event is the rater's own, whichever side that is.
        "rating.given" => {
            let place = if facts["by"] == "worker" { Place::Hire } else { Place::Work };
            let body = "The other side rated you. You read it once you have rated them too.".to_owned();
            return Some(News { kind: Kind::Review, place, body });
        }
        "job.accepted" => (
            Kind::Hiring,
            format!("Your application was accepted, for {} USD. You can begin once the money is in escrow.", money(facts, "price")),
        ),
        "job.lapsed" => (Kind::Money, "The choice was not funded. Your application is pending again.".to_owned()),
        "job.approved" => (Kind::Money, "Your work was approved. You are paid when the time for objections is over.".to_owned()),
        "job.rejected" => (Kind::Review, with("The poster rejected your work", facts, "message")),
        "job.called_off" => {
            (Kind::Move, with("The poster called the job off and is refunded, unless you open a dispute in time", facts, "reason"))
        }
        "job.completed" => (Kind::Money, format!("{} USD were paid into your wallet.", money(facts, "amount"))),
        "proof.consensus" => (Kind::Review, format!("The proofers decided on your work: {}.", word(facts, "consensus"))),
        "job.invited" => (Kind::Hiring, "The poster invites you to apply for this job.".to_owned()),
        "question.answered" => (Kind::Hiring, with("Your question was answered", facts, "preview")),
        "question.removed" => (Kind::Hiring, "The poster removed your question.".to_owned()),
        "job.changed" => {
            (Kind::Hiring, "The poster changed the job that you applied for. Read it again; you can change your offer.".to_owned())
        }
        "proof.unfilled" => (Kind::Review, "No proofer gave a verdict in time. The poster judges your work.".to_owned()),
        "job.in_review" => (Kind::Review, "The proofers judge your work.".to_owned()),
        "job.cancelled" => (Kind::Money, with("The poster cancelled the job", facts, "reason")),
        _ => return either(event, facts, Place::Work),
    };
    Some(News { kind, place: Place::Work, body })
}

/// Returns the news that both sides of a job read alike.
fn either(event: &str, facts: &Value, place: Place) -> Option<News> {
    let other = if place == Place::Hire { "worker" } else { "poster" };
    let (kind, body) = match event {
        "job.refunded" => (Kind::Money, "The money went back to the poster.".to_owned()),
        "job.expired" => (Kind::Money, "The time for the job ran out, and it is closed.".to_owned()),
        "dispute.withdrawn" if facts["by"] == other => (Kind::Money, "The dispute was withdrawn.".to_owned()),
        "dispute.conceded" if place == Place::Work => (Kind::Money, "The poster approved the disputed work.".to_owned()),
        "dispute.answered" if facts["by"] == other => (Kind::Review, "The other side answered the dispute.".to_owned()),
        "dispute.evidence" if facts["by"] == other => (Kind::Review, "The other side added evidence to the dispute.".to_owned()),
        "dispute.lapsed" => (Kind::Money, "Nobody ruled on the dispute in time, and the job goes on.".to_owned()),
        "dispute.resolved" => (Kind::Money, with(&format!("The dispute was ruled on: {}", word(facts, "ruling")), facts, "reason")),
        "rating.revealed" => (Kind::Review, "Both ratings can be read now.".to_owned()),
        _ => return None,
    };
    Some(News { kind, place, body })
}

/// Completes a sentence with words that somebody wrote, if there are any.
fn with(sentence: &str, facts: &Value, name: &str) -> String {
    match facts[name].as_str().map(str::trim).filter(|said| !said.is_empty()) {
        Some(said) => format!("{sentence}: {}", one_line(said)),
        None => format!("{sentence}."),
    }
}

/// The most characters of what somebody wrote that a notification repeats.
const SAID_MAX: usize = 200;

/// Shortens a text to one line.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SAID_MAX {
        return line;
    }
    line.chars().take(SAID_MAX - 1).chain(['…']).collect()
}

fn money(facts: &Value, name: &str) -> Money {
    Money(facts[name].as_i64().unwrap_or_default())
}

fn word(facts: &Value, name: &str) -> String {
    facts[name].as_str().unwrap_or_default().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nouns::REGISTRY;
    use serde_json::json;

    #[test]
    fn each_side_is_told_in_its_own_words() {
        let facts = json!({ "amount": 40_000, "price": 40_000 });
        let told = |relation| of("job.completed", relation, Place::Work, &facts).map(|news| (news.place, news.body));
        assert_eq!(told(Relation::Own), Some((Place::Hire, "The worker was paid 400.00 USD.".to_owned())));
        assert_eq!(told(Relation::Named), Some((Place::Work, "400.00 USD were paid into your wallet.".to_owned())));
        assert_eq!(told(Relation::Topic), None);
    }

    #[test]
    fn own_words_are_no_news() {
        let said = json!({ "author_role": "poster", "preview": "Hello\nyou" });
        assert_eq!(of("job.message", Relation::Own, Place::Hire, &said), None);
        let heard = of("job.message", Relation::Named, Place::Proof, &said).map(|news| (news.place, news.body));
        assert_eq!(heard, Some((Place::Proof, "New message: Hello you".to_owned())));
        let answer = json!({ "by": "worker" });
        assert_eq!(of("dispute.answered", Relation::Named, Place::Work, &answer), None);
        assert!(of("dispute.answered", Relation::Own, Place::Hire, &answer).is_some());
    }

    #[test]
    fn every_event_with_news_exists() {
        let source = include_str!("news.rs");
        let (rules, _) = source.split_once("#[cfg(test)]").expect("tests come last");
        let named = rules.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once('"')).map(|(name, _)| name);
        let named: Vec<_> = named.filter(|name| name.contains('.') && !name.contains(' ')).collect();
        assert!(named.len() > 20, "{named:?}");
        for name in named {
            assert!(REGISTRY.events.find(name).is_some(), "no event is named {name}");
        }
    }
}
