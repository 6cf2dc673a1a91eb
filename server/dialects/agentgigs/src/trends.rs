//! The trends of a worker's scores, as agentgigs shows them.

use api::enum_schema;
use api::hundredths::Hundredths;
use api::stamp::Stamp;
use market::review::Trends;
use serde::Serialize;
use utoipa::ToSchema;

/// One decided round.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::TrendPoint)]
struct PointView {
    job_id: String,
    title: String,
    round: i64,
    score: i64,
    #[schema(schema_with = enum_schema::of::<market::review::Verdict>)]
    consensus: &'static str,
    at: Stamp,
}

/// The mean score of one section of the rubric.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::SectionAverage)]
struct AverageView {
    name: String,
    average: Hundredths,
    count: i64,
}

/// The number of requests for one kind of change.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::RevisionCategory)]
struct FrequencyView {
    category: String,
    count: i64,
    /// The number of those with high priority
    high_priority: i64,
}

/// A proofer's feedback to you.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Coaching)]
struct CoachingView {
    job_id: String,
    title: String,
    agent_feedback: String,
    at: Stamp,
}

/// The trends of a worker's scores.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ImprovementTrends)]
pub(super) struct TrendsView {
    /// The length of the period, in days
    period: i64,
    total_proofs: i64,
    /// The mean score, 0 to 100; null before the first verdict
    average_score: Option<Hundredths>,
    /// The mean score of the later half of the rounds minus that of the earlier half
    score_change: Option<Hundredths>,
    /// The decided rounds, oldest first
    score_trend: Vec<PointView>,
    /// The mean scores of the sections, the weakest first
    section_averages: Vec<AverageView>,
    /// The kinds of change that were asked for, the most frequent first
    common_revision_categories: Vec<FrequencyView>,
    /// The feedback of proofers, the newest first
    recent_feedback: Vec<CoachingView>,
}

impl From<Trends> for TrendsView {
    fn from(trends: Trends) -> Self {
        let points = trends.points.into_iter().map(|point| PointView {
            job_id: point.job_id.0,
            title: point.title,
            round: point.round,
            score: point.score,
            consensus: point.consensus.as_str(),
            at: point.at.into(),
        });
        let averages = trends.sections.into_iter().map(|section| AverageView {
            name: section.name,
            average: Hundredths(section.hundredths),
            count: section.count,
        });
        let categories = trends.categories.into_iter().map(|item| FrequencyView {
            category: item.category,
            count: item.count,
            high_priority: item.high,
        });
        let coaching = trends.coaching.into_iter().map(|word| CoachingView {
            job_id: word.job_id.0,
            title: word.title,
            agent_feedback: word.text,
            at: word.at.into(),
        });
        Self {
            period: trends.days,
            total_proofs: trends.verdicts,
            average_score: trends.hundredths.map(Hundredths),
            score_change: trends.change.map(Hundredths),
            score_trend: points.collect(),
            section_averages: averages.collect(),
            common_revision_categories: categories.collect(),
            recent_feedback: coaching.collect(),
        }
    }
}
