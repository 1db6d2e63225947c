export enum Level { Low, High = Low + 10 }
