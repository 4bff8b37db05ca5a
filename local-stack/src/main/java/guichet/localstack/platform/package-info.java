/**
 * What the desk runs on when nothing is installed: a broker, a schema registry, a PostgreSQL, demo
 * tokens.
 */
@NullMarked
package guichet.localstack.platform;

import org.jspecify.annotations.NullMarked;
