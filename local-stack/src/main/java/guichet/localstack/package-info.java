/** The whole desk in one JVM, started by one command. */
@NullMarked
package guichet.localstack;

import org.jspecify.annotations.NullMarked;
