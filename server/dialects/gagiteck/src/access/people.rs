//! The people of a team: members, and those who are invited. Both are told in one shape and stand in one tree of paths.

use api::body::Body;
use api::call::Call;
use api::list;
use api::path::{Id, Named, plain};
use api::response::{ApiResult, created, no_content, ok};
use api::route::{Route, delete, patch, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::id::{InvitationId, MemberId, RoleId};
use market::invitation::{self, Draft, Invitation};
use market::membership::{self, TeamMember};
use market::team::{self, Team};
use market::{Error, Result, role};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, Type};

pub(super) fn routes() -> Vec<Route> {
    of_members().into_iter().chain(of_invitations()).collect()
}

fn of_members() -> Vec<Route> {
    vec![
        post("/v1/access/team/members", invite)
            .named("gagiteck_invite_member")
            .says(
                "Invite somebody into the team",
                "Sends a mail whose link works once, within seven days, for the account with that address. The role must not allow more than the \
                 caller's own.",
            )
            .takes(json!({ "email": samples::account::INVITED, "role_id": role::DEVELOPER }))
            .gives(201, invited_example())
            .refuses(market::actor::errors::email_not_verified())
            .refuses(role::errors::above_you("wallet:write"))
            .refuses(membership::errors::already_member())
            .refuses(membership::errors::too_many_members())
            .refuses(invitation::errors::already_invited())
            .refuses(invitation::errors::too_many_letters()),
        patch("/v1/access/team/members/{id}", change_role)
            .named("gagiteck_change_member")
            .says(
                "Change a member's role",
                "Changes the role of a member, or the role that an invitation offers. Neither the old role nor the new one may allow more than the \
                 caller's own.",
            )
            .takes(json!({ "role_id": "role_viewer" }))
            .gives(200, member_example())
            .refuses(Error::not_found("member"))
            .refuses(role::errors::above_you("wallet:write"))
            .refuses(membership::errors::last_owner())
            .refuses(membership::errors::home_team())
            .refuses(invitation::errors::invitation_over()),
        delete("/v1/access/team/members/{id}", remove)
            .named("gagiteck_remove_member")
            .says(
                "Remove a member",
                "The member's API keys of the team end at once. With your own id you leave the team; with the id of an invitation you take it back.",
            )
            .gives(204, json!(null))
            .refuses(Error::not_found("member"))
            .refuses(role::errors::above_you("wallet:write"))
            .refuses(membership::errors::last_owner())
            .refuses(membership::errors::home_team())
            .refuses(invitation::errors::invitation_over())
            .refuses(market::actor::errors::token_required()),
    ]
}

fn of_invitations() -> Vec<Route> {
    vec![
        post("/v1/access/team/members/{id}/resend", resend)
            .named("gagiteck_resend_invitation")
            .says("Send an invitation again", "Sends a new link, which replaces the old one and works for seven days from now.")
            .gives(200, invited_example())
            .refuses(Error::not_found("invitation"))
            .refuses(market::actor::errors::email_not_verified())
            .refuses(role::errors::above_you("wallet:write"))
            .refuses(invitation::errors::invitation_over())
            .refuses(invitation::errors::letters_used_up())
            .refuses(invitation::errors::too_many_letters()),
        post("/v1/access/invitations/accept", accept)
            .named("gagiteck_accept_invitation")
            .says("Accept an invitation", "Send the token of the link, with the account that the mail was sent to. The link works once.")
            .takes(json!({ "token": "0123456789abcdefghjkmnpqrstvwxyz" }))
            .gives(200, shown::<Joined>(samples::account::team()))
            .refuses(invitation::errors::invitation_invalid())
            .refuses(invitation::errors::other_account())
            .refuses(membership::errors::already_member())
            .refuses(membership::errors::too_many_members())
            .refuses(team::errors::too_many_teams())
            .in_person(),
    ]
}

fn member_example() -> Value {
    shown::<Person>(samples::account::team_member())
}

fn invited_example() -> Value {
    shown::<Person>(samples::account::invitation())
}

/// A new invitation.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::NewMember)]
#[serde(default)]
struct NewMember {
    /// The email address that the invitation is sent to
    #[schema(required, example = "teammate@company.com")]
    email: String,
    /// The id of a role of the team
    #[schema(required, example = "role_developer")]
    role_id: String,
}

/// A member's new role.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::MemberChange)]
#[serde(default)]
struct MemberChange {
    /// The id of a role of the team
    #[schema(required, example = "role_viewer")]
    role_id: String,
}

/// The secret of an invitation's link.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::InvitationToken)]
#[serde(default)]
struct Token {
    /// The text after `token=` in the mail
    #[schema(required)]
    token: String,
}

/// A member of a team, or an invitation to it.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Person)]
pub(super) struct Person {
    /// `user_…`, or `inv_…` while the invitation can still be accepted
    id: String,
    email: String,
    name: Option<String>,
    role_id: String,
    role: String,
    #[schema(schema_with = statuses)]
    status: &'static str,
    invited_by: Option<String>,
    /// The time at which the member joined, or the invitation was sent
    created_at: Stamp,
    /// The time at which the invitation ends; null for members
    expires_at: Option<Stamp>,
}

fn statuses() -> utoipa::openapi::Object {
    let words = std::iter::once("active").chain(invitation::Status::ALL.iter().map(|status| status.as_str()));
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

impl From<TeamMember> for Person {
    fn from(member: TeamMember) -> Self {
        Self {
            id: member.member_id.0,
            email: member.email,
            name: Some(member.name),
            role_id: member.role_id.0,
            role: member.role,
            status: "active",
            invited_by: None,
            created_at: member.joined_at.into(),
            expires_at: None,
        }
    }
}

impl From<Invitation> for Person {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id.0,
            email: invitation.email,
            name: None,
            role_id: invitation.role_id.0,
            role: invitation.role,
            status: invitation.status.as_str(),
            invited_by: Some(invitation.invited_by.0),
            created_at: invitation.created_at.into(),
            expires_at: Some(invitation.expires_at.into()),
        }
    }
}

list! {
    /// A page of a list of people.
    #[schema(as = gagiteck::Persons)]
    pub(super) struct Persons { data: Person } of Person
}

/// The team that was joined.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::JoinedTeam)]
struct Joined {
    /// The id of the team, for the header `X-Team-Id`
    team_id: String,
    name: String,
}

impl From<Team> for Joined {
    fn from(team: Team) -> Self {
        Self { team_id: team.id.0, name: team.name }
    }
}

/// A member or an invitation, told apart by how the id begins.
enum PersonId {
    Member(MemberId),
    Invitation(InvitationId),
}

impl Named for PersonId {
    const NOUN: &'static str = "member";
    const PARAM: &'static str = "member_id";
    fn read(text: &str) -> Result<Self> {
        let text = plain(text).ok_or_else(|| Error::not_found(Self::NOUN))?;
        Ok(if text.starts_with("inv_") { Self::Invitation(text.into()) } else { Self::Member(text.into()) })
    }
}

async fn invite(call: Call, Body(new): Body<NewMember>) -> ApiResult<Person> {
    let mut tx = call.begin().await?;
    let sent = invitation::send(&mut tx, &call.actor, &Draft { email: new.email, role_id: new.role_id }).await?;
    call.commit(tx, created(sent)).await
}

async fn change_role(call: Call, Id(id): Id<PersonId>, Body(change): Body<MemberChange>) -> ApiResult<Person> {
    let mut tx = call.begin().await?;
    let to = RoleId::from(change.role_id.trim());
    let person: Person = match id {
        PersonId::Member(id) => membership::change_role(&mut tx, &call.actor, &id, &to).await?.into(),
        PersonId::Invitation(id) => invitation::change_role(&mut tx, &call.actor, &id, &to).await?.into(),
    };
    call.commit(tx, ok(person)).await
}

async fn remove(call: Call, Id(id): Id<PersonId>) -> ApiResult<()> {
    let mut tx = call.begin().await?;
    match id {
        PersonId::Member(id) if id == call.actor.member => team::leave(&mut tx, &call.actor).await?,
        PersonId::Member(id) => membership::remove(&mut tx, &call.actor, &id).await?,
        PersonId::Invitation(id) => invitation::revoke(&mut tx, &call.actor, &id).await?,
    }
    call.commit(tx, no_content()).await
}

async fn resend(call: Call, Id(id): Id<PersonId>) -> ApiResult<Person> {
    let PersonId::Invitation(id) = id else { return Err(Error::not_found("invitation").into()) };
    let mut tx = call.begin().await?;
    let sent = invitation::resend(&mut tx, &call.actor, &id).await?;
    call.commit(tx, ok(sent)).await
}

async fn accept(call: Call, Body(new): Body<Token>) -> ApiResult<Joined> {
    let mut tx = call.begin().await?;
    let team = invitation::accept(&mut tx, &call.actor, &new.token).await?;
    call.commit(tx, ok(team)).await
}
