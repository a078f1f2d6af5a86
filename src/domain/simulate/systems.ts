/** Code system of what a clinician says was done, and of outcomes: made up, so that it is taken for nothing real. */
export const ACTION_SYSTEM = 'https://simulated.example.org/outcomes';
