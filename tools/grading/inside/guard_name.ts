/** Under this name the grader's cells find the guard. */
export const GUARD = "__backprop_guard";
