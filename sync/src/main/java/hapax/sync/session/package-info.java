/** Sessions: two stores exchange changes, slim records and the blobs that either lacks. */
@NullMarked
package hapax.sync.session;

import org.jspecify.annotations.NullMarked;
