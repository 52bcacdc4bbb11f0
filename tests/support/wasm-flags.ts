/**
 * Flags of Node for processes that open an embedded database for a moment: compile its WebAssembly function by
 * function, quickly and badly. Opening and 200 queries took 0.7 s of processor time instead of 2.3, and 145 MB
 * instead of 230. Not for a server that stays: heavy queries are slower.
 */
export const wasmFlags = ['--wasm-lazy-compilation', '--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];
