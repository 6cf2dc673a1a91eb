//! The team that a request acts for, and the others that its person is in.

use super::people::{Person, Persons};
use api::body::Body;
use api::call::Call;
use api::paging::PartParams;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, patch, post};
use api::samples;
use api::stamp::Stamp;
use market::page::LIMIT_MAX;
use market::team::{self, Mine, Team};
use market::{Page, Paging, invitation, membership, role};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/v1/access/team", show)
            .named("gagiteck_team")
            .says(
                "The active team",
                "Shows the key's team, or the one that `X-Team-Id` names, or the person's own: its members, the earliest first, and up to 100 \
                 invitations that can still be accepted, the newest first.",
            )
            .gives(200, detailed_example()),
        patch("/v1/access/team", rename)
            .named("gagiteck_rename_team")
            .says("Rename the active team", "Changes the public name of the team that the request acts for.")
            .takes(json!({ "name": "Okafor Labs" }))
            .gives(200, example()),
        get("/v1/access/teams", list)
            .named("gagiteck_teams")
            .says("Your teams", "Lists the teams that you are a member of, your own first. An API key sees only the team that it was made in.")
            .gives(200, json!({ "data": [example()], "total": 1 })),
        post("/v1/access/teams", create)
            .named("gagiteck_create_team")
            .says("Make a team", "Its maker becomes its owner. Send its id as `X-Team-Id` to act for it.")
            .takes(json!({ "name": "Okafor Labs" }))
            .gives(201, example())
            .refuses(team::errors::too_many_teams())
            .refuses(market::actor::errors::email_not_verified())
            .in_person(),
    ]
}

fn example() -> Value {
    json!(OwnTeam::new(samples::account::own_team(), false))
}

fn detailed_example() -> Value {
    let (members, invitations) = (samples::account::team_member(), samples::account::invitation());
    let invitations = Page { limit: LIMIT_MAX, ..samples::page(vec![Person::from(invitations)]) };
    let members = samples::page(vec![Person::from(members)]);
    json!(TeamView::new(samples::account::team(), role::OWNER.into(), members, invitations))
}

/// A team's name.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::TeamName)]
#[serde(default)]
struct TeamName {
    /// The public name of the team
    #[schema(required, min_length = 1, max_length = 80)]
    name: String,
}

/// The active team with its people.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Team)]
struct TeamView {
    id: String,
    name: String,
    #[schema(schema_with = api::enum_schema::of::<market::actor::Plan>)]
    plan: &'static str,
    created_at: Stamp,
    /// The caller's own role in it
    role_id: String,
    members: Persons,
    invitations: Persons,
}

impl TeamView {
    fn new(team: Team, role_id: String, members: Page<Person>, invitations: Page<Person>) -> Self {
        Self {
            id: team.id.0,
            name: team.name,
            plan: team.plan.as_str(),
            created_at: team.created_at.into(),
            role_id,
            members: members.into(),
            invitations: invitations.into(),
        }
    }
}

/// A team that the caller is in.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::OwnTeam)]
struct OwnTeam {
    id: String,
    name: String,
    #[schema(schema_with = api::enum_schema::of::<market::actor::Plan>)]
    plan: &'static str,
    created_at: Stamp,
    /// The caller's own role in it
    role_id: String,
    role: String,
    /// The number of people in it
    members: i64,
    /// True for the team that this request acts for
    active: bool,
}

impl OwnTeam {
    fn of(call: &Call, mine: Mine) -> Self {
        let active = mine.team.id == call.actor.team;
        Self::new(mine, active)
    }

    fn new(mine: Mine, active: bool) -> Self {
        let Mine { team: Team { id, name, plan, created_at, .. }, role_id, role, members } = mine;
        Self { id: id.0, name, plan: plan.as_str(), created_at: created_at.into(), role_id: role_id.0, role, members, active }
    }
}

/// All teams that the caller is in.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Teams)]
struct Teams {
    data: Vec<OwnTeam>,
    total: usize,
}

async fn show(call: Call, Query(page): Query<PartParams>) -> ApiResult<TeamView> {
    let mut conn = call.read().await?;
    let team = team::show(&mut conn, &call.actor).await?;
    let members = membership::list(&mut conn, &call.actor, page.part()?).await?;
    let invitations = invitation::list(&mut conn, &call.actor, Paging::first(LIMIT_MAX)).await?;
    Ok(ok(TeamView::new(team, call.actor.team_role.0.clone(), members.map(Person::from), invitations.map(Person::from))))
}

async fn rename(call: Call, Body(new): Body<TeamName>) -> ApiResult<OwnTeam> {
    let mut tx = call.begin().await?;
    let team = team::rename(&mut tx, &call.actor, &new.name).await?;
    let renamed = team::one_of_mine(&mut tx, &call.actor, &team.id).await?;
    call.commit(tx, ok(OwnTeam::of(&call, renamed))).await
}

async fn list(call: Call) -> ApiResult<Teams> {
    let mut conn = call.read().await?;
    let data: Vec<_> = team::mine(&mut conn, &call.actor).await?.into_iter().map(|mine| OwnTeam::of(&call, mine)).collect();
    Ok(ok(Teams { total: data.len(), data }))
}

async fn create(call: Call, Body(new): Body<TeamName>) -> ApiResult<OwnTeam> {
    let mut tx = call.begin().await?;
    let team = team::create(&mut tx, &call.actor, &new.name).await?;
    let made = team::one_of_mine(&mut tx, &call.actor, &team.id).await?;
    call.commit(tx, created(OwnTeam::of(&call, made))).await
}
