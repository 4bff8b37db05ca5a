/** Forgetting people who ask for it (GDPR, article 17): the order, and what it leaves to do. */
@NullMarked
package guichet.intake.erasures;

import org.jspecify.annotations.NullMarked;
