@NullMarked
package hapax.mime;

import org.jspecify.annotations.NullMarked;
