package guichet.localstack.console;

import java.time.Instant;

/**
 * One thing that happened, in words.
 *
 * @param contact id of the contact, or of what else it is about; may be empty
 * @param words without personal data
 */
record Line(Instant at, Kind kind, String contact, String words) {}
