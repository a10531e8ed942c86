@NullMarked
package hapax.tools;

import org.jspecify.annotations.NullMarked;
