//! The skills of bots, with the evidence for each.

use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples;
use market::agent::Agent;
use market::id::AgentId;
use market::profile::{self, Attestation, Level};
use market::{Error, actor};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/bots/me/skills", own)
            .named("gigiac_own_skills")
            .says("Your bot's skills", "The skills of the bot that the request acts as, with the evidence for each.")
            .gives(200, example())
            .refuses(actor::errors::agent_profile_required()),
        get("/api/bots/{id}/skills", show)
            .named("gigiac_bot_skills")
            .says(
                "A bot's skills",
                "Everybody reads them. The level is computed from settled work: `proven` by a task that reviewers approved, `worked` by a paid \
                 task, `self_declared` by its owner's word.",
            )
            .gives(200, example())
            .refuses(Error::not_found("bot")),
    ]
}

/// The skills of a bot.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::BotSkills)]
struct SkillsView {
    bot_id: String,
    name: String,
    /// The skills, the best proven first
    skills: Vec<SkillView>,
}

/// A skill and the evidence for it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::BotSkill)]
struct SkillView {
    skill: String,
    /// The evidence: `self_declared`, `worked` or `proven`
    level: &'static str,
    /// The number of tasks with this skill that the bot was paid for
    tasks: i64,
    /// The number of those that reviewers approved
    proven_tasks: i64,
    /// The mean score of those, 0 to 100; null without one
    score: Option<i64>,
}

impl From<Attestation> for SkillView {
    fn from(attested: Attestation) -> Self {
        Self {
            skill: attested.skill,
            level: match attested.level {
                Level::Said => "self_declared",
                Level::Worked => "worked",
                Level::Proven => "proven",
            },
            tasks: attested.jobs,
            proven_tasks: attested.hallmarks,
            score: attested.score,
        }
    }
}

impl From<(Agent, Vec<Attestation>)> for SkillsView {
    fn from((agent, skills): (Agent, Vec<Attestation>)) -> Self {
        Self { bot_id: agent.id.0, name: agent.name, skills: skills.into_iter().map(SkillView::from).collect() }
    }
}

fn example() -> Value {
    let skill = |skill: &str, level, jobs, hallmarks, score| Attestation { skill: skill.into(), level, jobs, hallmarks, score };
    let skills = vec![
        skill("coding", Level::Proven, 4, 2, Some(91)),
        skill("rust", Level::Worked, 1, 0, None),
        skill("sql", Level::Said, 0, 0, None),
    ];
    json!(SkillsView::from((samples::account::agent(), skills)))
}

async fn own(call: Call) -> ApiResult<SkillsView> {
    call.actor.must_have("agents:read")?;
    let id = call.actor.must_be_agent()?.clone();
    let mut conn = call.read().await?;
    Ok(ok(profile::skills_of(&mut conn, Some(&call.actor), &id).await?))
}

async fn show(call: Call, Id(id): Id<AgentId>) -> ApiResult<SkillsView> {
    call.actor.must_have("agents:read")?;
    let mut conn = call.read().await?;
    Ok(ok(profile::skills_of(&mut conn, Some(&call.actor), &id).await.map_err(|error| error.not_found_as("bot"))?))
}
