//! Making a team, renaming it, leaving it, and changing what it pays for.

use super::queries::find;
use super::{Kind, TEAMS_MAX, Team, errors, events, store};
use crate::actor::Plan;
use crate::member::Member;
use crate::role::OWNER;
use crate::{Actor, audit, membership};
use kernel::Result;
use kernel::id::TeamId;
use kernel::text::Check;
use platform::db::Tx;

/// Creates the personal team of a new member. It is part of the sign-up and its event.
pub async fn personal(tx: &mut Tx, member: &Member) -> Result<Team> {
    let team = Team { id: member.team_id.clone(), name: member.name.clone(), kind: Kind::Personal, plan: Plan::Free, created_at: tx.now };
    store::insert(tx, &team).await?;
    membership::store::insert(tx, &team.id, &member.id, &OWNER.into()).await?;
    Ok(team)
}

/// Makes a team that the person owns and can invite others into. Needs the person and a verified email address.
pub async fn create(tx: &mut Tx, actor: &Actor, name: &str) -> Result<Team> {
    actor.must_be_in_person()?;
    actor.must_be_verified()?;
    let name = checked_name(name)?;
    // Held so that teams made at the same moment count each other.
    store::hold_home(tx, &actor.member).await?;
    if membership::store::teams_of(tx, &actor.member).await? >= TEAMS_MAX {
        return Err(errors::too_many_teams());
    }
    let team = Team { id: TeamId::new(), name, kind: Kind::Shared, plan: Plan::Free, created_at: tx.now };
    store::insert(tx, &team).await?;
    membership::store::insert(tx, &team.id, &actor.member, &OWNER.into()).await?;
    let by = Actor { team: team.id.clone(), ..actor.clone() };
    audit::record(tx, &by, team.id.as_str(), &events::Created { name: &team.name });
    Ok(team)
}

/// Gives the actor's team a name of its own, 1 to 80 characters; until then a team of one has its member's name.
pub async fn rename(tx: &mut Tx, actor: &Actor, name: &str) -> Result<Team> {
    actor.must_have("teams:write")?;
    let name = checked_name(name)?;
    let team = find(tx, &actor.team).await?;
    if team.name == name {
        return Ok(team);
    }
    store::rename(tx, &team.id, &name).await?;
    audit::record(tx, actor, team.id.as_str(), &events::Renamed { from: &team.name, to: &name });
    Ok(Team { name, kind: Kind::Shared, ..team })
}

/// Leaves the actor's team. The last owner can't, and nobody leaves the team they signed up with.
pub async fn leave(tx: &mut Tx, actor: &Actor) -> Result<()> {
    actor.must_be_in_person()?;
    membership::leave(tx, actor).await
}

/// Changes the plan of a team. Only an admin may.
pub async fn change_plan(tx: &mut Tx, actor: &Actor, id: &TeamId, plan: Plan) -> Result<Team> {
    actor.must_run_the_server()?;
    let team = find(tx, id).await?;
    if team.plan == plan {
        return Ok(team);
    }
    store::update_plan(tx, id, plan).await?;
    audit::record_of_server(tx, actor, Some(id), id.as_str(), &events::PlanChanged { from: team.plan, to: plan });
    Ok(Team { plan, ..team })
}

fn checked_name(name: &str) -> Result<String> {
    let mut check = Check::new();
    let name = check.line("name", name, 1..=80);
    check.done()?;
    Ok(name)
}
