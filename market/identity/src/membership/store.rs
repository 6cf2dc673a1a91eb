//! Memberships as rows, and what every credential asks first: who a member is to the market.

use super::TeamMember;
use crate::actor::{AgentChoice, Credential, Plan, Role};
use crate::{Actor, role, scope};
use kernel::id::{AgentId, MemberId, RoleId, TeamId};
use kernel::page::Part;
use kernel::{Page, Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// The columns of an actor, for the row of a credential; `m` is the member, `s` the membership, `t` the team.
macro_rules! standing_columns {
    () => {
        "m.id as member_id, t.id as team_id, m.role, t.plan, m.verified_at, s.role_id, \
         (select r.scopes from role r where r.id = s.role_id and r.team_id = t.id) as role_scopes, \
         (select a.id from agent a where a.team_id = t.id and a.is_default = 1) as default_agent_id, \
         (select count(*) from agent a where a.team_id = t.id and a.status <> 'retired') as agents"
    };
}
pub(crate) use standing_columns;

/// The facts of an actor: a member in one of their teams.
#[derive(Clone, Deserialize)]
pub(crate) struct Standing {
    pub(crate) member_id: MemberId,
    pub(crate) team_id: TeamId,
    pub(crate) role: Role,
    pub(crate) plan: Plan,
    pub(crate) verified_at: Option<Time>,
    pub(crate) role_id: RoleId,
    pub(crate) role_scopes: Option<String>,
    pub(crate) default_agent_id: Option<AgentId>,
    pub(crate) agents: i64,
}

impl Standing {
    /// The actor, with no agent named: the team's only one acts, or its default.
    pub(crate) fn actor(self, credential: Credential) -> Actor {
        Actor {
            team_scopes: scopes_of(&self.role_id, self.role_scopes),
            team_role: self.role_id,
            member: self.member_id,
            team: self.team_id,
            role: self.role,
            plan: self.plan,
            verified: self.verified_at.is_some(),
            agent: self.default_agent_id,
            agent_choice: if self.agents > 1 { AgentChoice::Guess } else { AgentChoice::Only },
            credential,
        }
    }
}

/// Returns the scopes of a role, from the table of built-in roles or from its row. An unknown role has none.
fn scopes_of(id: &RoleId, own: Option<String>) -> Vec<String> {
    match role::built_in(id.as_str()) {
        Some(role) => role.scopes.iter().map(|&scope| scope.to_owned()).collect(),
        None => own.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
    }
}

/// Finds the facts of a person's actor in a team; none if the person is no member of it.
pub(crate) async fn standing(conn: &mut Conn, member: &MemberId, team: &TeamId) -> Result<Option<Standing>> {
    sql(concat!(
        "select ",
        standing_columns!(),
        " from team_member s join member m on m.id = s.member_id join team t on t.id = s.team_id where s.member_id = $1 and s.team_id = $2"
    ))
    .bind(member)
    .bind(team)
    .optional(conn)
    .await
}

/// Finds the facts of a person's actor who signed in with this epoch: in this team if they belong to it, else in their own.
pub(crate) async fn signed_in(conn: &mut Conn, member: &MemberId, epoch: i64, team: Option<&TeamId>) -> Result<Option<Standing>> {
    sql(concat!(
        "select ",
        standing_columns!(),
        " from member m join team_member s on s.member_id = m.id join team t on t.id = s.team_id \
         where m.id = $1 and m.epoch = $2 and m.suspended_at is null and (s.team_id = $3 or s.team_id = m.team_id) \
         order by case when s.team_id = $3 then 0 else 1 end limit 1"
    ))
    .bind(member)
    .bind(epoch)
    .bind(team.map(TeamId::as_str))
    .optional(conn)
    .await
}

/// A member's role in a team.
#[derive(Deserialize)]
pub(crate) struct Held {
    pub(crate) role_id: RoleId,
    role_scopes: Option<String>,
}

impl Held {
    /// Returns the role's scopes.
    pub(crate) fn scopes(&self) -> Vec<String> {
        scopes_of(&self.role_id, self.role_scopes.clone())
    }
}

/// Returns true if a member belongs to a team.
pub async fn is_member(conn: &mut Conn, member: &MemberId, team: &TeamId) -> Result<bool> {
    Ok(role_of(conn, member, team).await?.is_some())
}

/// Finds a member's role in a team; none if they are no member of it.
pub(crate) async fn role_of(conn: &mut Conn, member: &MemberId, team: &TeamId) -> Result<Option<Held>> {
    sql("select s.role_id, r.scopes as role_scopes from team_member s left join role r on r.id = s.role_id and r.team_id = s.team_id \
         where s.team_id = $1 and s.member_id = $2")
    .bind(team)
    .bind(member)
    .optional(conn)
    .await
}

/// A member to whom notifications about a team go.
#[derive(Clone, Deserialize)]
pub struct Reachable {
    /// The member.
    pub member_id: MemberId,
    /// The member's name.
    pub name: String,
    /// The email address.
    pub email: String,
    verified_at: Option<Time>,
    role_id: RoleId,
    role_scopes: Option<String>,
}

impl Reachable {
    /// Returns true if the member's role in the team allows the scope.
    pub fn may(&self, scope: &str) -> bool {
        scope::allow(&scopes_of(&self.role_id, self.role_scopes.clone()), scope)
    }

    /// Returns true if the member has confirmed the email address.
    pub fn is_verified(&self) -> bool {
        self.verified_at.is_some()
    }
}

/// Lists the members of a team with what they may do in it.
pub async fn reachable(conn: &mut Conn, team: &TeamId) -> Result<Vec<Reachable>> {
    sql("select m.id as member_id, m.name, m.email, m.verified_at, s.role_id, r.scopes as role_scopes from team_member s \
         join member m on m.id = s.member_id left join role r on r.id = s.role_id and r.team_id = s.team_id \
         where s.team_id = $1 order by s.member_id")
    .bind(team)
    .all(conn)
    .await
}

/// Lists the admins of this server who are in none of these teams, each in their own team; at most a hundred.
pub async fn reachable_admins(conn: &mut Conn, teams: [&TeamId; 2]) -> Result<Vec<(InTeam, Reachable)>> {
    sql("select m.team_id, m.id as member_id, m.name, m.email, m.verified_at, s.role_id, null as role_scopes from member m \
         join team_member s on s.member_id = m.id and s.team_id = m.team_id where m.role = 'admin' and not exists \
         (select 1 from team_member o where o.member_id = m.id and o.team_id in ($1, $2)) order by m.id limit 100")
    .bind(teams[0])
    .bind(teams[1])
    .all(conn)
    .await
}

/// Lists the admins of this server; at most a hundred.
pub async fn admins(conn: &mut Conn) -> Result<Vec<Reachable>> {
    let none = TeamId::from("");
    Ok(reachable_admins(conn, [&none, &none]).await?.into_iter().map(|(_, admin)| admin).collect())
}

/// A team in a row with other columns.
#[derive(Deserialize)]
pub struct InTeam {
    /// The team.
    pub team_id: TeamId,
}

/// A member of a team with their role.
#[derive(Deserialize)]
pub(super) struct Row {
    member_id: MemberId,
    name: String,
    email: String,
    role_id: RoleId,
    role_name: Option<String>,
    role_scopes: Option<String>,
    created_at: Time,
    is_home: bool,
}

impl Row {
    pub(super) fn scopes(&self) -> Vec<String> {
        scopes_of(&self.role_id, self.role_scopes.clone())
    }
}

impl From<Row> for TeamMember {
    fn from(row: Row) -> Self {
        let role = role::built_in(row.role_id.as_str()).map(|role| role.name.to_owned()).or(row.role_name).unwrap_or_default();
        let Row { member_id, name, email, role_id, created_at, is_home, .. } = row;
        Self { member_id, name, email, role_id, role, joined_at: created_at, is_home }
    }
}

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "select s.member_id, m.name, m.email, s.role_id, r.name as role_name, r.scopes as role_scopes, s.created_at, \
             case when m.team_id = s.team_id then 1 else 0 end as is_home from team_member s join member m on m.id = s.member_id \
             left join role r on r.id = s.role_id and r.team_id = s.team_id where ",
            $rest
        ))
    };
}

pub(super) async fn find(conn: &mut Conn, team: &TeamId, member: &MemberId) -> Result<Option<Row>> {
    select!("s.team_id = $1 and s.member_id = $2").bind(team).bind(member).optional(conn).await
}

/// Lists the members of a team, those who joined first before the others.
pub(super) async fn list(conn: &mut Conn, team: &TeamId, part: &Part) -> Result<Page<Row>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        let known = sql("select count(*) from team_member where team_id = $1 and member_id = $2").bind(team).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = count(conn, team).await?;
    let members = select!(
        "s.team_id = $1 and (cast($4 as text) is null or exists (select 1 from team_member c where c.team_id = $1 and c.member_id = $4 \
         and (s.created_at > c.created_at or (s.created_at = c.created_at and s.member_id > c.member_id)))) \
         order by s.created_at, s.member_id limit $2 offset $3"
    )
    .bind(team)
    .part(part)
    .all(conn)
    .await?;
    Ok(Page::new(members, total, *paging))
}

/// Counts the members of a team.
pub(crate) async fn count(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from team_member where team_id = $1").bind(team).count(conn).await
}

/// Counts the members of a team who have a role.
pub(super) async fn with_role(conn: &mut Conn, team: &TeamId, role: &str) -> Result<i64> {
    sql("select count(*) from team_member where team_id = $1 and role_id = $2").bind(team).bind(role).count(conn).await
}

/// Counts the teams of a person.
pub(crate) async fn teams_of(conn: &mut Conn, member: &MemberId) -> Result<i64> {
    sql("select count(*) from team_member where member_id = $1").bind(member).count(conn).await
}

/// Adds a member; false when they are one.
pub(crate) async fn insert(tx: &mut Tx, team: &TeamId, member: &MemberId, role: &RoleId) -> Result<bool> {
    let now = tx.now;
    let made = sql("insert into team_member (team_id, member_id, role_id, created_at) values ($1, $2, $3, $4) \
         on conflict (team_id, member_id) do nothing")
    .bind(team)
    .bind(member)
    .bind(role)
    .bind(now)
    .run(tx)
    .await?;
    Ok(made == 1)
}

pub(super) async fn update_role(tx: &mut Tx, team: &TeamId, member: &MemberId, role: &RoleId) -> Result<()> {
    sql("update team_member set role_id = $1 where team_id = $2 and member_id = $3").bind(role).bind(team).bind(member).run(tx).await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, team: &TeamId, member: &MemberId) -> Result<()> {
    sql("delete from team_member where team_id = $1 and member_id = $2").bind(team).bind(member).run(tx).await?;
    Ok(())
}

/// Returns true if a member belongs to both teams.
pub async fn share_a_member(conn: &mut Conn, one: &TeamId, other: &TeamId) -> Result<bool> {
    let shared =
        sql("select count(*) from team_member a join team_member b on b.member_id = a.member_id where a.team_id = $1 and b.team_id = $2");
    Ok(shared.bind(one).bind(other).count(conn).await? > 0)
}
