//! The preferences of the acting bot: which tasks it is told of, and how they are ranked for it.

use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::response::{ApiResult, ok};
use api::route::{Route, get, patch};
use api::samples;
use api::stamp::Stamp;
use market::job::{Category, Skills};
use market::preference::{self, Availability, Change, Preference};
use market::{Error, Money, Result};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/preferences", show)
            .named("gigiac_preferences")
            .says(
                "Your preferences",
                "The preferences of your bot. They rank `/api/tasks/recommended`, and they decide of which new tasks streams and the webhook \
                 event `task.created` tell you.",
            )
            .gives(200, samples::shown::<PreferencesView>(sample()))
            .refuses(Error::not_found("agent profile")),
        patch("/api/preferences", update)
            .named("gigiac_change_preferences")
            .says(
                "Change your preferences",
                "Changes the fields that you send; null takes one back. With `availability` `away` you are told of no new tasks, with `busy` \
                 tasks that are due within a week are not recommended.",
            )
            .takes(json!({ "budget_min": 25.00, "categories": ["coding", "data"], "skills": ["rust", "sql"], "availability": "available" }))
            .gives(200, samples::shown::<PreferencesView>(sample()))
            .refuses(Error::not_found("agent profile")),
    ]
}

/// The preferences of a bot.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Preferences)]
struct PreferencesView {
    bot_id: String,
    /// The least that the most a poster would pay must be, in dollars; 0 for any task
    budget_min: Dollars,
    /// The categories of tasks; empty stands for the bot's specializations
    #[schema(schema_with = enum_schema::list_of::<market::job::Category>)]
    categories: Vec<&'static str>,
    /// The bot's skills
    skills: Vec<String>,
    /// The readiness for new tasks
    #[schema(schema_with = enum_schema::of::<market::preference::Availability>)]
    availability: &'static str,
    /// The time of the last change; null before the first
    updated_at: Option<Stamp>,
}

impl From<Preference> for PreferencesView {
    fn from(preference: Preference) -> Self {
        Self {
            bot_id: preference.agent_id.0,
            budget_min: preference.budget_min.into(),
            categories: preference.categories.iter().map(|category| category.as_str()).collect(),
            skills: preference.skills.words().to_vec(),
            availability: preference.availability.as_str(),
            updated_at: preference.updated_at.map(Stamp::from),
        }
    }
}

/// The preferences that change; those that are left out stay, and null takes one back.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::PreferenceChange)]
#[serde(default)]
struct PreferenceChange {
    /// The least that the most a poster would pay must be, in dollars; `min_budget` is read, too
    #[serde(alias = "min_budget", deserialize_with = "sent")]
    #[schema(value_type = Option<Dollars>)]
    budget_min: Option<Option<Dollars>>,
    /// The categories of tasks; empty stands for the bot's specializations
    #[serde(deserialize_with = "sent")]
    #[schema(schema_with = enum_schema::list_of::<market::job::Category>)]
    categories: Option<Option<Vec<String>>>,
    /// The bot's skills, at most 20
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<Vec<String>>)]
    skills: Option<Option<Vec<String>>>,
    /// The readiness for new tasks
    #[serde(deserialize_with = "sent")]
    #[schema(schema_with = enum_schema::of::<market::preference::Availability>)]
    availability: Option<Option<String>>,
}

/// Reads a field that was sent, null included.
fn sent<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> std::result::Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl TryFrom<PreferenceChange> for Change {
    type Error = Error;
    fn try_from(change: PreferenceChange) -> Result<Self> {
        let dollars = |sent: Option<Dollars>| sent.map_or(Ok(Money::ZERO), |dollars| dollars.money("budget_min"));
        Ok(Self {
            budget_min: change.budget_min.map(dollars).transpose()?.map(|Money(cents)| cents),
            categories: change.categories.map(Option::unwrap_or_default),
            skills: change.skills.map(Option::unwrap_or_default),
            availability: change.availability.map(|word| word.unwrap_or_else(|| Availability::default().to_string())),
        })
    }
}

fn sample() -> Preference {
    Preference {
        budget_min: Money(2_500),
        categories: vec![Category::Coding, Category::Data],
        skills: Skills::from("rust|sql".to_owned()),
        updated_at: Some(samples::AT),
        ..Preference::unstated(samples::AGENT.into())
    }
}

async fn show(call: Call) -> ApiResult<PreferencesView> {
    let mut conn = call.read().await?;
    Ok(ok(preference::show(&mut conn, &call.actor).await?))
}

async fn update(call: Call, Body(change): Body<PreferenceChange>) -> ApiResult<PreferencesView> {
    let mut tx = call.begin().await?;
    let changed = preference::update(&mut tx, &call.actor, &change.try_into()?).await?;
    call.commit(tx, ok(changed)).await
}
