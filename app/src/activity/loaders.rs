//! The reads of the page.

use crate::fault::Fault;
use crate::visitor::guest;
use leptos::prelude::*;
use market::activity::{Activity, Figures};
use market::dashboard::Earnings;
use market::{Page, Paging, activity};
use serde::{Deserialize, Serialize};

/// The number of lines on a page.
const PAGE: i64 = 30;

/// The data of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityData {
    /// The lines, newest first.
    pub page: Page<Activity>,
    /// The sums of the last day.
    pub figures: Figures,
    /// The payments of the last days.
    pub paid: Earnings,
}

/// Loads a page of what happened.
#[server(prefix = "/_fn", endpoint = "activity/list")]
pub async fn list(offset: i64) -> Result<ActivityData, Fault> {
    let paging = Paging::new(Some(PAGE), Some(offset))?;
    let mut conn = guest()?.market.read().await?;
    Ok(ActivityData {
        page: activity::list(&mut conn, paging).await?,
        figures: activity::figures(&mut conn).await?,
        paid: activity::daily(&mut conn).await?,
    })
}
