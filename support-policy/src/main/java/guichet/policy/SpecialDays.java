package guichet.policy;

import java.time.LocalDate;
import java.util.List;

/**
 * Dates with hours of their own instead of the week's; without times they are closed all day.
 *
 * @param name what the days are, in English
 */
record SpecialDays(String name, List<LocalDate> dates, List<LocalSpan> times) {}
