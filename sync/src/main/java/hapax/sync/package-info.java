@NullMarked
package hapax.sync;

import org.jspecify.annotations.NullMarked;
