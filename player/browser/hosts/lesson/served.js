// A lesson as the server shows it: step by step, in a lecture hall's room too.

import { Room } from "../../parts/lesson/room/room.js";
import { Lesson } from "./lesson.js";
import { given, served } from "./source.js";

const told = given();
new Room(new Lesson(served(told)), told.room);
