@NullMarked
package hapax.blob;

import org.jspecify.annotations.NullMarked;
