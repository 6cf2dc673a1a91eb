//! Running a statement on a connection: its parameters in, its rows out.

use super::Handle;
use crate::db::error::Result;
use crate::db::row::{self, Cell};
use crate::db::{Query, Value};
use kernel::Error;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Statement, ToSql};
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tokio::runtime::RuntimeFlavor;

/// A parameter as the driver takes it.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Int(Some(v)) => ValueRef::Integer(*v),
            Value::Real(Some(v)) => ValueRef::Real(*v),
            Value::Text(Some(v)) => ValueRef::Text(v.as_bytes()),
            _ => ValueRef::Null,
        }))
    }
}

pub(in crate::db) fn run(handle: &Handle, query: &Query) -> Result<u64> {
    let mut statement = handle.conn()?.prepare_cached(query.text)?;
    let shape = shape(query.text, &statement)?;
    bind(&mut statement, &shape, &query.values)?;
    Ok(statement.raw_execute()? as u64)
}

/// Returns all rows. A long statement first moves this thread's other tasks to another thread, if the runtime has several.
pub(in crate::db) fn all<T: DeserializeOwned>(handle: &Handle, query: &Query) -> Result<Vec<T>> {
    let may_move = || tokio::runtime::Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::MultiThread);
    if query.is_long && may_move() { tokio::task::block_in_place(|| rows(handle, query)) } else { rows(handle, query) }
}

fn rows<T: DeserializeOwned>(handle: &Handle, query: &Query) -> Result<Vec<T>> {
    let mut statement = handle.conn()?.prepare_cached(query.text)?;
    let shape = shape(query.text, &statement)?;
    bind(&mut statement, &shape, &query.values)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Vec::with_capacity(shape.names.len());
        for (i, name) in shape.names.iter().enumerate() {
            cells.push((&**name, cell(row.get_ref(i)?)?));
        }
        found.push(row::read(&cells)?);
    }
    Ok(found)
}

/// The words of a statement that SQLite would measure and check again for each row and each call.
struct Shape {
    /// The names of the columns.
    names: Box<[Box<str>]>,
    /// The value of each parameter: SQLite takes `$2` for a name and numbers it by its first appearance; for us it is the second one.
    values: Box<[usize]>,
}

thread_local! {
    /// The shape of each statement, by the place and length of its text, which stays where it is.
    static SHAPES: RefCell<HashMap<(usize, usize), Rc<Shape>>> = RefCell::default();
}

fn shape(text: &'static str, statement: &Statement<'_>) -> Result<Rc<Shape>> {
    let place = (text.as_ptr().addr(), text.len());
    if let Some(shape) = SHAPES.with_borrow(|shapes| shapes.get(&place).cloned()) {
        return Ok(shape);
    }
    let value = |i| statement.parameter_name(i)?.get(1..)?.parse::<usize>().ok()?.checked_sub(1);
    let values = (1..=statement.parameter_count()).map(|i| value(i).ok_or_else(Error::internal)).collect::<Result<_, _>>()?;
    let shape = Rc::new(Shape { names: statement.column_names().into_iter().map(Box::from).collect(), values });
    SHAPES.with_borrow_mut(|shapes| shapes.insert(place, shape.clone()));
    Ok(shape)
}

/// Binds the parameters.
fn bind(statement: &mut Statement<'_>, shape: &Shape, values: &[Value]) -> Result<()> {
    for (i, &value) in shape.values.iter().enumerate() {
        statement.raw_bind_parameter(i + 1, Bound(values.get(value).ok_or_else(Error::internal)?))?;
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Result<Cell<'_>> {
    Ok(match value {
        ValueRef::Null | ValueRef::Blob(_) => Cell::Null,
        ValueRef::Integer(v) => Cell::Int(v),
        ValueRef::Real(v) => Cell::Real(v),
        ValueRef::Text(v) => Cell::Text(std::str::from_utf8(v).map_err(|_| Error::internal())?),
    })
}
