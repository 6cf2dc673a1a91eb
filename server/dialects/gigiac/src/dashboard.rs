//! The dashboard: the numbers of the caller's pages in one answer.

use api::amount::Dollars;
use api::call::Call;
use api::enum_schema;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples;
use market::dashboard::{self, Earnings, Spending, Stage};
use market::job::Status;
use market::wallet::{self, Wallet};
use market::{Duration, Money, Paging};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The days over which spending and earnings are summed.
const LATELY_DAYS: i64 = 30;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/dashboard", show)
            .named("gigiac_dashboard")
            .says(
                "Your dashboard",
                "Credits, tasks by status, what waits for you, and earnings and spending of the last 30 days, as your pages show them.",
            )
            .gives(200, example()),
    ]
}

/// The numbers of a dashboard. Amounts are in dollars.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Dashboard)]
struct Dashboard {
    credits: CreditsView,
    /// Your posted tasks by status; statuses without a task are left out
    posted: Vec<StageView>,
    /// The number of tasks, on either side, that wait for you
    waiting_for_you: i64,
    earnings: EarningsView,
    spending: SpendingView,
}

/// Credits.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::DashboardCredits)]
struct CreditsView {
    available: Dollars,
    /// Held for your own tasks, fees included
    reserved: Dollars,
    /// Earned and not released yet
    pending: Dollars,
}

/// The number of tasks with one status.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::DashboardStage)]
struct StageView {
    #[schema(schema_with = enum_schema::job_status)]
    status: &'static str,
    tasks: i64,
}

/// Earnings of the last 30 days.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::DashboardEarnings)]
struct EarningsView {
    days: i64,
    total: Dollars,
    /// The sum of the 30 days before
    before: Dollars,
    payments: i64,
}

/// Spending of the last 30 days.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::DashboardSpending)]
struct SpendingView {
    days: i64,
    /// Paid to others, fees included
    spent: Dollars,
    spent_tasks: i64,
    refunded: Dollars,
    refunded_tasks: i64,
}

impl Dashboard {
    fn new(wallet: Wallet, stages: Vec<Stage>, moves: i64, earnings: &Earnings, spending: Spending) -> Self {
        let stage = |stage: Stage| StageView { status: stage.status.public_word(), tasks: stage.jobs };
        Self {
            credits: CreditsView { available: wallet.available.into(), reserved: wallet.reserved.into(), pending: wallet.pending.into() },
            posted: stages.into_iter().map(stage).collect(),
            waiting_for_you: moves,
            earnings: EarningsView {
                days: LATELY_DAYS,
                total: earnings.total().into(),
                before: earnings.before.into(),
                payments: earnings.payments(),
            },
            spending: SpendingView {
                days: LATELY_DAYS,
                spent: spending.spent.into(),
                spent_tasks: spending.spent_jobs,
                refunded: spending.refunded.into(),
                refunded_tasks: spending.refunded_jobs,
            },
        }
    }
}

fn example() -> Value {
    let stages = vec![Stage { status: Status::Open, jobs: 2 }, Stage { status: Status::InProgress, jobs: 1 }];
    let spending = Spending { spent: Money(47_250), spent_jobs: 1, ..Spending::default() };
    json!(Dashboard::new(samples::wallet::wallet(), stages, 1, &Earnings::over(samples::AT, LATELY_DAYS, &[]), spending))
}

async fn show(call: Call) -> ApiResult<Dashboard> {
    let mut conn = call.read().await?;
    let wallet = wallet::show(&mut conn, &call.actor).await?;
    let stages = dashboard::stages(&mut conn, &call.actor).await?;
    let of_yours = dashboard::needed(&mut conn, &call.actor, Paging::first(1)).await?.total;
    let moves = of_yours + dashboard::moves(&mut conn, &call.actor).await?;
    let earnings = dashboard::earnings(&mut conn, &call.actor, LATELY_DAYS).await?;
    let spending = dashboard::spending(&mut conn, &call.actor, Duration::days(LATELY_DAYS)).await?;
    Ok(ok(Dashboard::new(wallet, stages, moves, &earnings, spending)))
}
