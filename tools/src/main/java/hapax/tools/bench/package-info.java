@NullMarked
package hapax.tools.bench;

import org.jspecify.annotations.NullMarked;
