package guichet.policy;

/**
 * A block of time, worked out.
 *
 * @param open when the line is open in it
 * @param dates the business days that begin in it
 */
record Block(Openings open, BusinessDates dates) {}
