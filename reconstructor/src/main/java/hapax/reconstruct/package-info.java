@NullMarked
package hapax.reconstruct;

import org.jspecify.annotations.NullMarked;
