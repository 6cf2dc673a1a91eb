//! The reads of the pages of safety.

use crate::fault::Fault;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::id::CaseId;
use market::safety::{self, Case, CaseFile, Report, Status, SubjectKind, Target};
use market::{Error, Page, Paging};
use serde::{Deserialize, Serialize};

/// The lines of a page.
const LINES: i64 = 20;

fn paging(offset: i64) -> market::Result<Paging> {
    Paging::new(Some(LINES), Some(offset))
}

/// Loads the thing that the visitor is about to report.
#[server(prefix = "/_fn", endpoint = "safety/to-report")]
pub async fn to_report(kind: String, id: String) -> Result<Target, Fault> {
    let (market, actor) = visitor()?;
    let kind = SubjectKind::parse(&kind).ok_or_else(|| Error::not_found("page"))?;
    Ok(safety::target(&mut market.read().await?, &actor, kind, &id).await?)
}

/// The data of the page with a member's reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnData {
    /// The hidden things of the team.
    pub hidden: Page<Case>,
    /// The member's reports.
    pub reports: Page<Report>,
}

/// Loads the hidden things of the team and the member's reports; both arguments are offsets.
#[server(prefix = "/_fn", endpoint = "safety/own")]
pub async fn own(hidden: i64, reports: i64) -> Result<OwnData, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let hidden = safety::of_team(&mut conn, &actor, paging(hidden)?).await?;
    Ok(OwnData { hidden, reports: safety::mine(&mut conn, &actor, paging(reports)?).await? })
}

/// Loads cases, for admins: those of a status, or those that wait.
#[server(prefix = "/_fn", endpoint = "safety/queue")]
pub async fn queue(status: String, offset: i64) -> Result<Page<Case>, Fault> {
    let (market, actor) = visitor()?;
    Ok(safety::queue(&mut market.read().await?, &actor, Status::parse(&status), paging(offset)?).await?)
}

/// Loads a case, for admins.
#[server(prefix = "/_fn", endpoint = "safety/case")]
pub async fn show_case(id: String, offset: i64) -> Result<CaseFile, Fault> {
    let (market, actor) = visitor()?;
    Ok(safety::case(&mut market.read().await?, &actor, &CaseId::from(id), paging(offset)?).await?)
}
