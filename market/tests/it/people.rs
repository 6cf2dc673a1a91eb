//! Members under their own mail addresses, and what is left behind of what they do.

use crate::act::{act, read};
use crate::world::{PASSWORD, World, hash};
use market::db::Query;
use market::mail::Mail;
use market::member::{Draft, Member};
use market::{Actor, Span, Time};

/// What somebody of this name signs up with.
pub(crate) fn draft(name: &str) -> Draft {
    Draft { email: format!("{name}@example.com"), password: PASSWORD.to_owned(), name: name.to_owned() }
}

impl World {
    /// Someone who has just signed up as `name@example.com`; the address is not verified.
    pub(crate) async fn newcomer(&self, name: &str) -> Member {
        act!(self, member::sign_up(&draft(name), hash().await)).expect("signs up")
    }

    /// The same, verified and signed in by browser.
    pub(crate) async fn resident(&self, name: &str) -> Actor {
        let member = self.newcomer(name).await;
        act!(self, member::verify_email(&member.email)).expect("verifies");
        self.signed_in(&member).await
    }

    /// Who a member is when signed in by browser.
    pub(crate) async fn signed_in(&self, member: &Member) -> Actor {
        read!(self, session::actor(&member.id, member.epoch)).expect("reads").expect("a member")
    }

    pub(crate) fn now(&self) -> Time {
        self.clock().now()
    }

    /// Lets time pass, and nothing else happen.
    pub(crate) fn pass(&self, span: Span) {
        self.clock().advance(span);
    }

    /// How many rows a statement counts.
    pub(crate) async fn count(&self, query: Query) -> i64 {
        query.count(&mut self.read().await).await.expect("counts")
    }

    /// Writes what no act would.
    pub(crate) async fn write(&self, query: Query) {
        let mut tx = self.market.begin().await.expect("begins");
        query.run(&mut tx).await.expect("writes");
        tx.commit().await.expect("commits");
    }

    /// The letters that someone got so far, oldest first.
    pub(crate) async fn letters_to(&self, address: &str) -> Vec<Mail> {
        self.advance(Span::ZERO).await;
        self.letters.all().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// What happened to a thing, oldest first.
    pub(crate) async fn happenings(&self, subject: &str) -> Vec<String> {
        let events = read!(self, event::of_subject(subject)).expect("reads");
        events.into_iter().map(|event| event.name).collect()
    }
}
