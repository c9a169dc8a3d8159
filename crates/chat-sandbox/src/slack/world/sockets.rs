//! The connections of Socket Mode: each payload goes to one of them.

use chrono::Duration;
use serde_json::{Value, json};

use super::{
    queue::{Queue, ToClient},
    session::{Reason, Socket},
    state::State,
};

/// How many connections an app may have.
const MOST: usize = 10;

/// For how many seconds a connection goes on after its end was announced.
const ANNOUNCED: i64 = 10;

impl State {
    /// Takes a connection in, and says hello. Returns its number.
    pub fn connected(&mut self, to_client: Queue) -> u64 {
        self.sockets.last += 1;
        let number = self.sockets.last;
        let socket = Socket {
            number,
            to_client,
            closes: None,
        };
        let late = self.sockets.all.len() >= MOST;
        let reason = if self.sockets.disabled {
            Some(Reason::LinkDisabled)
        } else {
            late.then_some(Reason::TooManyWebsockets)
        };
        if let Some(reason) = reason {
            let frame = disconnect(reason);
            self.traffic.frame(self.clock.now(), &frame);
            socket.to_client.tell(ToClient::Frame(frame.to_string()));
            socket.to_client.tell(ToClient::Close);
            return number;
        }
        let hello = json!({
            "type": "hello",
            "num_connections": self.sockets.all.len() + 1,
            "connection_info": { "app_id": self.app.id },
            "debug_info": { "host": "applink-local", "started": self.now().to_rfc3339(), "build_number": 1, "approximate_connection_time": 18_060 },
        });
        self.traffic.frame(self.clock.now(), &hello);
        socket.to_client.tell(ToClient::Frame(hello.to_string()));
        self.sockets.all.push(socket);
        self.changed();
        number
    }

    /// Takes a connection out.
    pub fn disconnected(&mut self, number: u64) {
        self.sockets.all.retain(|socket| socket.number != number);
        self.changed();
    }

    /// Asks every connection to end, for a reason.
    pub fn disconnect(&mut self, reason: Reason) {
        let frame = disconnect(reason);
        let seconds = match reason {
            Reason::Warning | Reason::RefreshRequested => ANNOUNCED,
            Reason::LinkDisabled | Reason::TooManyWebsockets => 0,
        };
        self.sockets.disabled |= reason == Reason::LinkDisabled;
        let at = self.now() + Duration::seconds(seconds);
        for socket in &mut self.sockets.all {
            self.traffic.frame(self.clock.now(), &frame);
            socket.to_client.tell(ToClient::Frame(frame.to_string()));
            socket.closes = Some(at);
        }
        self.wake.notify_one();
    }

    /// Turns Socket Mode on again, if the app has it.
    pub fn enable_sockets(&mut self) {
        self.sockets.disabled = !self.app.seed.socket_mode;
    }
}

fn disconnect(reason: Reason) -> Value {
    json!({ "type": "disconnect", "reason": reason.name(), "debug_info": { "host": "applink-local" } })
}
