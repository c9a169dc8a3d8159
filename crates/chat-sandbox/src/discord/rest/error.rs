//! Answers and errors, with Discord's codes and bodies ("Opcodes and Status Codes", "JSON").

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::discord::{wire, world::Refused};

/// What a handler answers when all went well.
#[derive(Debug)]
pub(super) enum Answer {
    /// 200 with a body.
    Json(Value),
    /// 201 with a body.
    Created(Value),
    /// 204.
    Empty,
}

/// What a handler answers.
pub(super) type Outcome = Result<Answer, Error>;

/// What the record of a request keeps of its answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Answered {
    pub json: Value,
    pub problem: bool,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let (status, mut json) = match self {
            Self::Json(json) => (StatusCode::OK, json),
            Self::Created(json) => (StatusCode::CREATED, json),
            Self::Empty => return StatusCode::NO_CONTENT.into_response(),
        };
        wire::complete(&mut json);
        let mut response = (status, Json(&json)).into_response();
        response.extensions_mut().insert(Answered {
            json,
            problem: false,
        });
        response
    }
}

/// An error as Discord answers it.
#[derive(Debug)]
pub(super) struct Error {
    status: StatusCode,
    code: u32,
    message: &'static str,
    errors: Option<Value>,
    /// Whether a well-made bot never sees it, so that the tests should fail.
    problem: bool,
}

impl Error {
    const fn new(status: StatusCode, code: u32, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            errors: None,
            problem: false,
        }
    }

    const fn problem(mut self) -> Self {
        self.problem = true;
        self
    }

    pub const fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 0, "401: Unauthorized")
    }

    pub const fn unknown_route() -> Self {
        Self::new(StatusCode::NOT_FOUND, 0, "404: Not Found").problem()
    }

    pub const fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, 0, "405: Method Not Allowed").problem()
    }

    pub const fn not_json() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            50109,
            "The request body contains invalid JSON.",
        )
        .problem()
    }

    pub const fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            0,
            "The rest of the request never came",
        )
    }

    pub const fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            40005,
            "Request entity too large",
        )
        .problem()
    }

    pub const fn unknown_application() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10002, "Unknown Application")
    }

    pub const fn unknown_channel() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10003, "Unknown Channel")
    }

    pub const fn unknown_guild() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10004, "Unknown Guild")
    }

    pub const fn unknown_member() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10007, "Unknown Member")
    }

    pub const fn unknown_role() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10011, "Unknown Role")
    }

    pub const fn unknown_overwrite() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10009, "Unknown Overwrite")
    }

    pub const fn too_many_channels() -> Self {
        let message = "Maximum number of guild channels reached (500)";
        Self::new(StatusCode::BAD_REQUEST, 30013, message).problem()
    }

    pub const fn unknown_ban() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10026, "Unknown Ban")
    }

    pub const fn invalid_role() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 50028, "Invalid Role")
    }

    pub const fn too_many_roles() -> Self {
        let message = "Maximum number of guild roles reached (250)";
        Self::new(StatusCode::BAD_REQUEST, 30005, message).problem()
    }

    pub const fn too_many_pins() -> Self {
        let message = "Maximum number of pins reached for the channel (250)";
        Self::new(StatusCode::BAD_REQUEST, 30003, message)
    }

    /// Messages older than two weeks are not deleted many at a time.
    pub const fn too_old() -> Self {
        let message = "You can only bulk delete messages that are under 14 days old.";
        Self::new(StatusCode::BAD_REQUEST, 50034, message)
    }

    pub const fn unknown_message() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10008, "Unknown Message")
    }

    pub const fn unknown_user() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10013, "Unknown User")
    }

    pub const fn unknown_emoji() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 10014, "Unknown Emoji").problem()
    }

    pub const fn unknown_webhook() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10015, "Unknown Webhook")
    }

    pub const fn unknown_interaction() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10062, "Unknown interaction")
    }

    pub const fn unknown_command_permissions() -> Self {
        let message = "Unknown application command permissions";
        Self::new(StatusCode::NOT_FOUND, 10066, message)
    }

    pub const fn unknown_command() -> Self {
        Self::new(StatusCode::NOT_FOUND, 10063, "Unknown application command")
    }

    pub const fn already_acknowledged() -> Self {
        let message = "Interaction has already been acknowledged.";
        Self::new(StatusCode::BAD_REQUEST, 40060, message)
    }

    pub const fn missing_access() -> Self {
        Self::new(StatusCode::FORBIDDEN, 50001, "Missing Access")
    }

    pub const fn not_the_author() -> Self {
        let message = "Cannot edit a message authored by another user";
        Self::new(StatusCode::FORBIDDEN, 50005, message)
    }

    pub const fn empty_message() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            50006,
            "Cannot send an empty message",
        )
        .problem()
    }

    pub const fn missing_permissions() -> Self {
        Self::new(StatusCode::FORBIDDEN, 50013, "Missing Permissions")
    }

    /// There are as many commands of that kind as there may be.
    pub const fn too_many_commands() -> Self {
        let message = "Maximum number of application commands reached";
        Self::new(StatusCode::BAD_REQUEST, 30032, message).problem()
    }

    pub const fn too_many_reactions() -> Self {
        let message = "Maximum number of reactions reached (20)";
        Self::new(StatusCode::BAD_REQUEST, 30010, message).problem()
    }

    pub const fn internal() -> Self {
        let message = "500: Internal Server Error";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, 0, message)
    }

    /// A part of Discord is out of order.
    pub const fn unavailable() -> Self {
        let message = "503: Service Unavailable";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, 0, message)
    }

    pub const fn invalid_webhook_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 50027, "Invalid Webhook Token")
    }

    pub const fn thread_archived() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 50083, "Thread is archived")
    }

    pub const fn thread_locked() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 160_005, "Thread is locked")
    }

    pub const fn thread_exists() -> Self {
        let message = "A thread has already been created for this message";
        Self::new(StatusCode::BAD_REQUEST, 160_004, message)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::UnknownChannel => Self::unknown_channel(),
            Refused::MissingAccess => Self::missing_access(),
            Refused::Archived => Self::thread_archived(),
            Refused::Locked => Self::thread_locked(),
            Refused::Unavailable => Self::unavailable(),
            Refused::MissingPermissions => Self::missing_permissions(),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut json = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = self.errors {
            json["errors"] = errors;
        }
        let mut response = (self.status, Json(&json)).into_response();
        response.extensions_mut().insert(Answered {
            json,
            problem: self.problem,
        });
        response
    }
}

/// What is wrong with the fields of a body, by path, to be answered together as error 50035.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(String, &'static str, String)>);

impl Faults {
    /// Notes a fault of the field at a dotted path such as `embeds.0.title`.
    pub fn add(&mut self, path: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.0.push((path.into(), code, message.into()));
    }

    /// A text, list or number of items beyond its upper limit.
    pub fn too_long(&mut self, path: impl Into<String>, limit: usize) {
        self.add(
            path,
            "BASE_TYPE_MAX_LENGTH",
            format!("Must be {limit} or fewer in length."),
        );
    }

    /// A text or list outside its two limits.
    pub fn bad_length(&mut self, path: impl Into<String>, least: usize, most: usize) {
        self.add(
            path,
            "BASE_TYPE_BAD_LENGTH",
            format!("Must be between {least} and {most} in length."),
        );
    }

    /// A field that is missing, or empty where it must not be.
    pub fn required(&mut self, path: impl Into<String>) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A number that is outside its two limits, which are noted.
    pub fn range<T>(&mut self, path: impl Into<String>, value: T, least: T, most: T)
    where
        T: PartialOrd + std::fmt::Display,
    {
        if value < least {
            let message = format!("int value should be greater than or equal to {least}.");
            self.add(path, "NUMBER_TYPE_MIN", message);
        } else if value > most {
            let message = format!("int value should be less than or equal to {most}.");
            self.add(path, "NUMBER_TYPE_MAX", message);
        }
    }

    /// A value none of those allowed.
    pub fn not_among(&mut self, path: impl Into<String>, allowed: &str) {
        self.add(
            path,
            "BASE_TYPE_CHOICES",
            format!("Value must be one of {{{allowed}}}."),
        );
    }

    /// The places of the faults with their codes, in order.
    #[cfg(test)]
    pub fn places(&self) -> Vec<String> {
        let place = |(path, code, _): &(String, &str, String)| format!("{path} {code}");
        let mut places: Vec<String> = self.0.iter().map(place).collect();
        places.sort();
        places
    }

    /// Error 50035 if anything was wrong.
    pub fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.into_error())
        }
    }

    /// Error 50035 with the faults in it.
    pub fn into_error(self) -> Error {
        let mut root = Map::new();
        for (path, code, message) in self.0 {
            let mut place = &mut root;
            for part in path.split('.') {
                let inner = place.entry(part).or_insert_with(|| json!({}));
                place = inner
                    .as_object_mut()
                    .expect("every part of a path is an object");
            }
            let list = place.entry("_errors").or_insert_with(|| json!([]));
            list.as_array_mut()
                .expect("no field is called _errors")
                .push(json!({ "code": code, "message": message }));
        }
        let mut error = Error::new(StatusCode::BAD_REQUEST, 50035, "Invalid Form Body").problem();
        error.errors = Some(Value::Object(root));
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_become_a_tree_of_fields() {
        let mut faults = Faults::default();
        faults.too_long("embeds.0.title", 256);
        faults.required("embeds.0.fields.1.name");
        let error = faults.finish().expect_err("there are faults");
        let errors = error.errors.expect("with their places");
        assert_eq!(
            errors["embeds"]["0"]["title"]["_errors"][0],
            json!({ "code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length." })
        );
        assert_eq!(
            errors["embeds"]["0"]["fields"]["1"]["name"]["_errors"][0]["code"],
            "BASE_TYPE_REQUIRED"
        );
        assert!(Faults::default().finish().is_ok());
    }
}
