/** Commands that answer from the support policy alone, without a running desk. */
@NullMarked
package guichet.localstack.policy;

import org.jspecify.annotations.NullMarked;
