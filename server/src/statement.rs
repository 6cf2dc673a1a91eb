//! A team's statement as a CSV file: the ledger lines of its wallet, for a spreadsheet or an accountant.

use api::Services;
use app::member::signed_in;
use app::url;
use app::wallet::params::WalletParams;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::stream;
use http::{StatusCode, header};
use market::wallet::{self, Filter, Transaction};
use market::{Error, Market, Result};
use tower_sessions::Session;

/// The address of the statement; it takes the filter of the wallet's page.
const PATH: &str = "/wallet/statement.csv";
/// The number of lines that are read together.
const TOGETHER: i64 = 200;
/// The most lines of a file, about as many as a spreadsheet opens; a member with more asks for a month.
const LINES_MAX: usize = 1_000_000;

/// Builds the route; it is mounted among the pages, inside their session.
pub(crate) fn routes(services: Services) -> Router {
    Router::new().route(PATH, get(download)).with_state(services)
}

async fn download(State(services): State<Services>, Query(pairs): Query<Vec<(String, String)>>, session: Session) -> Response {
    let params = WalletParams::read(&pairs.into_iter().collect());
    match begin(services.market, &session, params.filter).await {
        Ok(Some(body)) => {
            let name = match params.filter.month {
                Some(month) => format!("attachment; filename=\"guildhall-{month}.csv\""),
                None => "attachment; filename=\"guildhall.csv\"".to_owned(),
            };
            ([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response()
        }
        Ok(None) => {
            let to = format!("/sign-in?next={}", url::encode(&params.address()));
            (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, axum::Json(error)).into_response()
        }
    }
}

/// Reads the first lines, so that a refusal is an answer and not the end of a file. None for a visitor who is not signed in.
async fn begin(market: Market, session: &Session, filter: Filter) -> Result<Option<Body>> {
    if signed_in(&market, session).await?.is_none() {
        return Ok(None);
    }
    let mut statement = Statement { market, session: session.clone(), filter, after: None, written: 0 };
    let head = row(["Time (UTC)", "Entry", "What", "Job", "Amount (USD)", "Available after (USD)"].map(str::to_owned))?;
    let first = [head, statement.next().await?.unwrap_or_default()].concat();
    let rest =
        stream::try_unfold(statement, |mut statement| async move { Ok::<_, Error>(statement.next().await?.map(|text| (text, statement))) });
    let rest = futures::StreamExt::map(rest, |part| part.map(Bytes::from).map_err(|error| std::io::Error::other(error.message)));
    Ok(Some(Body::from_stream(futures::StreamExt::chain(stream::once(async { Ok(Bytes::from(first)) }), rest))))
}

/// A statement that is being written.
struct Statement {
    market: Market,
    session: Session,
    filter: Filter,
    /// The entry of the last line.
    after: Option<String>,
    written: usize,
}

impl Statement {
    /// Reads the next lines as CSV; none after the last one.
    async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.written >= LINES_MAX {
            return Ok(None);
        }
        // The member may have signed out, or have left the team, since the part before.
        self.session.load().await.map_err(|_| Error::unavailable())?;
        let (actor, _) = signed_in(&self.market, &self.session).await?.ok_or_else(Error::unavailable)?;
        let mut conn = self.market.read().await?;
        let lines = wallet::statement(&mut conn, &actor, &self.filter, self.after.as_deref(), TOGETHER).await?;
        let Some(last) = lines.last() else { return Ok(None) };
        self.after = Some(last.id.clone());
        self.written += lines.len();
        let rows: Vec<Vec<u8>> = lines.into_iter().map(|line| row(columns(line))).collect::<Result<_>>()?;
        Ok(Some(rows.concat()))
    }
}

fn columns(line: Transaction) -> [String; 6] {
    let Transaction { id, reason, title, amount, balance, posted_at, .. } = line;
    let what = app::wallet::ledger::what(reason).to_owned();
    [posted_at.to_string(), id, what, harmless(title.unwrap_or_default()), amount.major(), balance.major()]
}

/// Keeps a title from being run as a formula by a spreadsheet.
fn harmless(title: String) -> String {
    if title.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{title}") } else { title }
}

fn row(columns: [String; 6]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).map_err(|_| Error::internal())?;
    writer.into_inner().map_err(|_| Error::internal())
}
