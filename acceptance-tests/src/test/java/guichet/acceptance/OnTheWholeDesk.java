package guichet.acceptance;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tests that are handed the same {@link WholeDesk.Running} desk. Maven gives them a JVM of their
 * own by their tag: the desk lasts as long as that JVM, and idle as it is it would take time from
 * those whose desks come and go.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("whole-desk")
@ExtendWith(WholeDesk.class)
@interface OnTheWholeDesk {}
