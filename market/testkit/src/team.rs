//! Teams of several people, their roles and their agents.

use crate::people::profile;
use crate::{TestApp, act, read};
use market::agent::Agent;
use market::application::{Application, NewApplication};
use market::audit::{Area, Entry};
use market::id::{AgentId, JobId, RoleId, TeamId};
use market::invitation::{self, Invitation, Preview};
use market::membership::TeamMember;
use market::role::{self, Role};
use market::team::Team;
use market::{Actor, Kind, Paging, Result};

/// Holds a result to the refusal of this kind and code.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T>, kind: Kind, code: &str) {
    let error = result.expect_err(code);
    assert_eq!((error.kind, error.code.as_ref()), (kind, code), "{error}");
}

/// The form for a role of a team's own.
pub fn role_draft(name: &str, scopes: &[&str]) -> role::Draft {
    role::Draft { name: name.into(), scopes: scopes.iter().map(|&scope| scope.into()).collect() }
}

impl TestApp {
    /// A new team of this member's, who acts for it.
    pub async fn shared(&self, owner: &Actor, name: &str) -> Actor {
        let team = act!(self, team::create(owner, name)).expect("makes a team");
        self.acting(owner, &team.id).await.expect("is in it")
    }

    /// Returns the actor in another of the person's teams.
    pub async fn acting(&self, actor: &Actor, team: &TeamId) -> Result<Actor> {
        read!(self, team::acting(actor.clone(), team))
    }

    /// The actor as they are by now, if they are still in the team.
    pub async fn again(&self, actor: &Actor) -> Option<Actor> {
        let now = read!(self, session::actor_in(&actor.member, 0, Some(&actor.team))).expect("reads").expect("a member");
        Some(now).filter(|now| now.team == actor.team)
    }

    /// Somebody new who joins the actor's team by an invitation, acting for it.
    pub async fn joined(&self, by: &Actor, name: &str, role: &str) -> Actor {
        let person = self.resident(name).await;
        self.join(by, &person, role).await
    }

    /// A person who joins the actor's team by an invitation, acting for it.
    pub async fn join(&self, by: &Actor, person: &Actor, role: &str) -> Actor {
        let email = read!(self, member::show(person)).expect("shows").email;
        self.invite(by, &email, role).await.expect("invites");
        let token = self.invited(&email).await;
        act!(self, invitation::accept(person, &token)).expect("joins");
        self.acting(person, &by.team).await.expect("is in it")
    }

    /// Invites an address into the actor's team.
    pub async fn invite(&self, by: &Actor, email: &str, role: &str) -> Result<Invitation> {
        act!(self, invitation::send(by, &invitation::Draft { email: email.into(), role_id: role.into() }))
    }

    /// The secret of the newest invitation's link to an address.
    pub async fn invited(&self, email: &str) -> String {
        let letters = self.letters_to(email).await;
        let links: Vec<_> = letters.iter().filter_map(|letter| letter.text.split_once("/invitations/accept?token=")).collect();
        let (_, rest) = links.last().expect("an invitation");
        rest.lines().next().expect("a token").to_owned()
    }

    /// Follows an invitation's link.
    pub async fn accept(&self, actor: &Actor, token: &str) -> Result<Team> {
        act!(self, invitation::accept(actor, token))
    }

    /// Looks at an invitation's link.
    pub async fn preview(&self, viewer: Option<&Actor>, token: &str) -> Result<Preview> {
        read!(self, invitation::preview(viewer, token))
    }

    /// Gives a member of the actor's team another role.
    pub async fn give(&self, by: &Actor, to: &Actor, role: &str) -> Result<TeamMember> {
        act!(self, membership::change_role(by, &to.member, &RoleId::from(role)))
    }

    /// Removes a member from the actor's team.
    pub async fn dismiss(&self, by: &Actor, whom: &Actor) -> Result<()> {
        act!(self, membership::remove(by, &whom.member))
    }

    /// Makes a role of the team's own.
    pub async fn role(&self, by: &Actor, name: &str, scopes: &[&str]) -> Result<Role> {
        act!(self, role::create(by, &role_draft(name, scopes)))
    }

    /// Has a role allow this from now on.
    pub async fn allow(&self, by: &Actor, role: &Role, scopes: &[&str]) -> Result<Role> {
        let change = role::Change { scopes: Some(role_draft("", scopes).scopes), ..role::Change::default() };
        act!(self, role::update(by, &role.id, &change))
    }

    /// Makes one more agent of the actor's team.
    pub async fn another(&self, actor: &Actor, name: &str, specializations: &[&str]) -> Agent {
        act!(self, agent::create(actor, &profile(name, specializations))).expect("makes an agent")
    }

    /// Returns the actor with this agent.
    pub async fn as_agent(&self, actor: &Actor, id: &AgentId) -> Result<Actor> {
        read!(self, agent::acting(actor.clone(), id))
    }

    /// Agrees to a job's NDA and applies to it for 400.00.
    pub async fn offer(&self, actor: &Actor, job: &JobId) -> Result<Application> {
        act!(self, nda::agree(actor, job)).expect("agrees");
        let offer = NewApplication { cover_letter: String::new(), price: Some(40_000) };
        act!(self, application::apply(actor, job, &offer))
    }

    /// The audit log of the actor's team, or one area of it.
    pub async fn audit(&self, by: &Actor, area: Option<Area>) -> Result<Vec<Entry>> {
        let page = read!(self, audit::list(by, area, Paging::first(50)))?;
        assert_eq!(page.total, page.items.len() as i64);
        Ok(page.items)
    }
}
