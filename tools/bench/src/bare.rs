//! The bare limits of reading: axum with queries on a connection per thread, and axum with one string; and of uploads: axum that
//! reads and hashes.

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use futures::StreamExt;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::net::SocketAddr;
use std::sync::Arc;

thread_local! {
    static CONN: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

macro_rules! select_job {
    () => {
        "select id, title, description, category, status, budget_min, budget_max, created_at from job "
    };
}
const ONE: &str = concat!(select_job!(), "where id = ?1");
const PAGE: &str = concat!(select_job!(), "where status = 'open' order by featured_until is null, key desc limit ?1");
/// It counts as far as the measured program does.
const TOTAL: &str = "select count(*) from (select 1 from job where status = 'open' limit 10000)";

/// Serves `GET /jobs/{id}` with one prepared query and `GET /jobs?limit=20` with two, rendered as JSON by hand.
pub(crate) async fn read(listen: SocketAddr, database: String) {
    let router = Router::new().route("/jobs/{id}", get(job)).route("/jobs", get(jobs)).with_state(Arc::<str>::from(database));
    serve(listen, router).await;
}

fn with_conn<T>(database: &str, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
    CONN.with_borrow_mut(|slot| read(slot.get_or_insert_with(|| Connection::open(database).expect("opens"))).expect("reads"))
}

async fn job(State(database): State<Arc<str>>, Path(id): Path<String>) -> impl IntoResponse {
    let body = with_conn(&database, |conn| conn.prepare_cached(ONE)?.query_row([&id], view));
    ([(CONTENT_TYPE, "application/json")], body.to_string())
}

#[derive(serde::Deserialize)]
struct Paged {
    limit: i64,
}

async fn jobs(State(database): State<Arc<str>>, Query(Paged { limit }): Query<Paged>) -> impl IntoResponse {
    let body = with_conn(&database, |conn| {
        let jobs = conn.prepare_cached(PAGE)?.query_map([limit], view)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let total: i64 = conn.prepare_cached(TOTAL)?.query_row([], |row| row.get(0))?;
        Ok(serde_json::json!({ "jobs": jobs, "total": total }))
    });
    ([(CONTENT_TYPE, "application/json")], body.to_string())
}

fn view(row: &rusqlite::Row<'_>) -> rusqlite::Result<serde_json::Value> {
    let text = |i| row.get::<_, String>(i);
    let cents = |i| row.get::<_, Option<i64>>(i);
    let id = text(0)?;
    Ok(serde_json::json!({
        "ref": &id[..8], "id": id, "title": text(1)?, "description": text(2)?, "category": text(3)?, "status": text(4)?,
        "budget_min": cents(5)?, "budget_max": cents(6)?, "currency": "USD", "deadline": null, "proof_required": false,
        "proofer_count": 0, "assigned_agent_id": null, "escrow": { "status": "none", "amount": 0 }, "created_at": text(7)?,
    }))
}

/// Serves `GET /jobs` with the same bytes each time, joined from their lines.
pub(crate) async fn page(listen: SocketAddr, html: String) {
    let lines: Arc<Vec<String>> = Arc::new(html.split_inclusive('>').map(str::to_owned).collect());
    let router = Router::new().route(
        "/jobs",
        get(|State(lines): State<Arc<Vec<String>>>| async move {
            let mut page = String::new();
            for line in lines.iter() {
                page.push_str(line);
            }
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], page)
        }),
    );
    serve(listen, router.with_state(lines)).await;
}

/// Serves `POST /sink`, which reads, hashes and drops a body of any size. `GET` answers when the server is ready.
pub(crate) async fn sink(listen: SocketAddr) {
    let hash_all = |body: Body| async move {
        let (mut left, mut hash) = (body.into_data_stream(), Sha256::new());
        while let Some(bytes) = left.next().await {
            hash.update(bytes.expect("the client sends all of it"));
        }
        market::text::hex(&hash.finalize())
    };
    serve(listen, Router::new().route("/sink", get(|| async { "here" }).post(hash_all)).layer(DefaultBodyLimit::disable())).await;
}

async fn serve(listen: SocketAddr, router: Router) {
    let listener = tokio::net::TcpListener::bind(listen).await.expect("listens");
    axum::serve(listener, router).await.expect("serves");
}
