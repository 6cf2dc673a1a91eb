//! The members of teams and their choices of mail: each is read once for a batch of events.

use super::{Choice, Delivery, Kind, Mailing, moves, store};
use identity::internal::{self, Reachable};
use kernel::Result;
use kernel::id::{MemberId, TeamId};
use platform::db::Conn;
use std::collections::HashMap;
use std::sync::Arc;
use work::internal::Turn;
use work::job::Mover;

/// The rows that were read so far.
#[derive(Clone, Default)]
pub(super) struct Directory {
    teams: HashMap<TeamId, Arc<[Reachable]>>,
    choices: HashMap<MemberId, Vec<Choice>>,
}

impl Directory {
    /// Returns the members of a team.
    pub(super) async fn members(&mut self, conn: &mut Conn, team: &TeamId) -> Result<Arc<[Reachable]>> {
        if let Some(members) = self.teams.get(team) {
            return Ok(members.clone());
        }
        let members: Arc<[Reachable]> = internal::reachable(conn, team).await?.into();
        self.teams.insert(team.clone(), members.clone());
        Ok(members)
    }

    /// Returns the members who have the next move of a job, each with the team that they have it for.
    pub(super) async fn movers(&mut self, conn: &mut Conn, turn: &Turn) -> Result<Vec<(TeamId, Reachable)>> {
        if turn.next.who == Mover::Admin {
            let sides = [&turn.poster, turn.worker.as_ref().unwrap_or(&turn.poster)];
            let admins = internal::reachable_admins(conn, sides).await?;
            return Ok(admins.into_iter().map(|(own, admin)| (own.team_id, admin)).collect());
        }
        let mut found = Vec::new();
        for team in &turn.movers {
            let Some(asked) = moves::of(turn, team) else { continue };
            let members = self.members(conn, team).await?;
            found.extend(members.iter().filter(|member| member.may(asked.scope)).map(|member| (team.clone(), member.clone())));
        }
        Ok(found)
    }

    /// Returns how a member is mailed about a kind. An address that is not confirmed gets no mail: it may be somebody else's.
    pub(super) async fn mailing(&mut self, conn: &mut Conn, member: &Reachable, kind: Kind) -> Result<Mailing> {
        if !member.is_verified() {
            return Ok(Mailing::None);
        }
        if !self.choices.contains_key(&member.member_id) {
            let made = store::choices(conn, &member.member_id).await?;
            self.choices.insert(member.member_id.clone(), Choice::complete(&made));
        }
        let chosen = self.choices.get(&member.member_id).and_then(|choices| choices.iter().find(|choice| choice.kind == kind));
        Ok(match chosen.map_or(kind.usual(), |choice| choice.delivery) {
            Delivery::Now => Mailing::Sent,
            Delivery::Daily => Mailing::Due,
            Delivery::Never => Mailing::None,
        })
    }
}
