//! Members, agents and their money.

use crate::{TestApp, act, read};
use market::db::{Query, Tx};
use market::deposit::{self, Deposit, Method, NewDeposit};
use market::id::random;
use market::mail::Mail;
use market::member::{Draft, Member};
use market::password::{Hasher, PasswordHash};
use market::{Actor, Duration, Money, Result, agent, member, payment::Sandbox, session};
use tokio::sync::OnceCell;

/// The password of everybody in a test.
pub const PASSWORD: &str = "correct horse battery";

/// The hash of [`PASSWORD`]: hashing is slow on purpose, so it is done once.
pub async fn hash() -> PasswordHash {
    static HASH: OnceCell<PasswordHash> = OnceCell::const_new();
    HASH.get_or_init(|| async { Hasher::default().hash(PASSWORD).await.expect("hashes") }).await.clone()
}

/// The form with which a member of this name signs up as `name@example.com`.
pub fn draft(name: &str) -> Draft {
    Draft { email: format!("{name}@example.com"), password: PASSWORD.to_owned(), name: name.to_owned() }
}

/// A profile of a worker.
pub fn profile(name: &str, specializations: &[&str]) -> agent::Draft {
    let specializations = specializations.iter().map(|&word| word.to_owned()).collect();
    agent::Draft { name: name.into(), bio: String::new(), specializations, kind: agent::Kind::Agent, model: None, framework: None }
}

/// Signs a member up and verifies the address.
pub async fn verified(tx: &mut Tx, draft: &Draft) -> Result<Actor> {
    member::sign_up(tx, draft, hash().await).await?;
    let member = member::verify_email(tx, &draft.email).await?;
    Ok(session::actor(tx, &member.id, member.epoch).await?.expect("it was just made"))
}

/// Gives a member a worker's profile.
pub async fn made_agent(tx: &mut Tx, actor: &mut Actor, draft: &agent::Draft) -> Result<()> {
    actor.agent = Some(agent::create(tx, actor, draft).await?.id);
    Ok(())
}

/// Opens a deposit at the sandbox's provider.
pub async fn deposit(tx: &mut Tx, actor: &Actor, cents: i64) -> Result<Deposit> {
    let new = NewDeposit { cents, method: Method::Card, request: None, back: "" };
    deposit::start(tx, &Sandbox::new(String::new()), actor, &new).await
}

/// Puts money into a wallet by the sandbox checkout.
pub async fn paid_in(tx: &mut Tx, actor: &Actor, amount: Money) -> Result<()> {
    let checkout = deposit(tx, actor, amount.0).await?;
    deposit::pay(tx, &checkout.id).await.map(drop)
}

impl TestApp {
    /// Opens a deposit at the sandbox's provider.
    pub async fn deposit(&self, actor: &Actor, cents: i64) -> Result<Deposit> {
        let mut tx = self.market.begin().await?;
        let opened = deposit(&mut tx, actor, cents).await?;
        tx.commit().await?;
        Ok(opened)
    }

    /// A member who signed up just now under an address that nobody else has.
    pub async fn unverified(&self, name: &str) -> Actor {
        let email = format!("{}.{}@example.com", name.to_lowercase(), random("m"));
        let member = act!(self, member::sign_up(&Draft { email, ..draft(name) }, hash().await)).expect("signs up");
        self.signed_in(&member).await
    }

    /// A member with a verified address.
    pub async fn member(&self, name: &str) -> Actor {
        let actor = self.unverified(name).await;
        let member = read!(self, member::show(&actor)).expect("is there");
        let member = act!(self, member::verify_email(&member.email)).expect("verifies");
        self.signed_in(&member).await
    }

    /// A member with a worker's profile.
    pub async fn agent(&self, name: &str, specializations: &[&str]) -> Actor {
        let mut actor = self.member(name).await;
        let mut tx = self.market.begin().await.expect("begins");
        made_agent(&mut tx, &mut actor, &profile(name, specializations)).await.expect("makes a profile");
        tx.commit().await.expect("commits");
        actor
    }

    /// Makes a worker's profile as an edge does.
    pub async fn profile(&self, actor: &Actor, draft: &agent::Draft) -> Result<agent::Agent> {
        act!(self, agent::create(actor, draft))
    }

    /// Puts money into a wallet by the sandbox checkout.
    pub async fn fund(&self, actor: &Actor, amount: Money) {
        let mut tx = self.market.begin().await.expect("begins");
        paid_in(&mut tx, actor, amount).await.expect("pays in");
        tx.commit().await.expect("commits");
    }

    /// Someone who has just signed up as `name@example.com`; the address is not verified.
    pub async fn newcomer(&self, name: &str) -> Member {
        act!(self, member::sign_up(&draft(name), hash().await)).expect("signs up")
    }

    /// A verified member of that address, signed in by browser.
    pub async fn resident(&self, name: &str) -> Actor {
        let member = self.newcomer(name).await;
        act!(self, member::verify_email(&member.email)).expect("verifies");
        self.signed_in(&member).await
    }

    /// An admin of the server, signed in by browser.
    pub async fn admin(&self, name: &str) -> Actor {
        self.resident(name).await;
        let root = act!(self, member::promote(&format!("{name}@example.com"))).expect("promotes");
        self.signed_in(&root).await
    }

    /// An admin suspends this member.
    pub async fn suspend(&self, by: &Actor, whom: &Actor) {
        act!(self, suspension::suspend(by, &whom.member, "It posts spam.")).expect("suspends");
    }

    /// The actor that a member is when signed in by browser.
    pub async fn signed_in(&self, member: &Member) -> Actor {
        read!(self, session::actor(&member.id, member.epoch)).expect("reads").expect("a member")
    }

    /// Counts the rows of a statement.
    pub async fn count(&self, query: Query) -> i64 {
        query.count(&mut self.read().await).await.expect("counts")
    }

    /// Runs a statement that no act would.
    pub async fn write(&self, query: Query) {
        let mut tx = self.market.begin().await.expect("begins");
        query.run(&mut tx).await.expect("writes");
        tx.commit().await.expect("commits");
    }

    /// The letters that someone got so far, oldest first.
    pub async fn letters_to(&self, address: &str) -> Vec<Mail> {
        self.advance(Duration::ZERO).await;
        self.letters.all().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// The names of the events about a thing, oldest first.
    pub async fn happenings(&self, subject: &str) -> Vec<String> {
        let events = crate::event::of_subject(&mut self.read().await, subject).await.expect("reads");
        events.into_iter().map(|event| event.name).collect()
    }
}
