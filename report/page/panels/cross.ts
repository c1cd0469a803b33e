/** A symbol for crashes that is no letter: every font draws those elsewhere. */
export const CROSS = 'path://M0,2 L2,0 L6,4 L10,0 L12,2 L8,6 L12,10 L10,12 L6,8 L2,12 L0,10 L4,6 Z';
