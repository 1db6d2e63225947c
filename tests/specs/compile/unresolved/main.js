import { a } from "./othre.js";
import { readFile } from "node:fs";
import express from "express";
