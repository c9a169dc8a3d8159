//! Every call of the Web API, paced, bounded and retried.
