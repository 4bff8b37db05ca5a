package guichet.chassis.forms;

import guichet.chassis.words.Sentence;

/**
 * What is wrong with one field.
 *
 * @param field its name; for one of a list with its place, as in {@code cc[2]}
 * @param message what is wrong and what would be right, to follow the field's name
 */
public record Fault(String field, Sentence message) {}
