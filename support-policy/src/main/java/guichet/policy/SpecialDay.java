package guichet.policy;

import java.util.List;

/**
 * A date with hours of its own instead of the week's; without spans it is closed all day.
 *
 * @param row the mission row, or the owner's name for the rule
 * @param name what the day is, in English
 */
record SpecialDay(String row, String name, List<LocalSpan> spans) {}
