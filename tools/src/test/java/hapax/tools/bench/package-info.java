/** Kernels: one question each, beside what the machine can do at best. */
package hapax.tools.bench;
