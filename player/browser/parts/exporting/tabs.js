// The Export dialog's tabs, in their order, each under the name of its section of the dialog's words.
//
// A tab is new XTab(parent, host), then show() and hide(); what stands in parent is its own. What a host is says dialog.js.

import { AnimationTab } from "./animationtab.js";
import { CodeTab } from "./codetab.js";
import { DataTab } from "./datatab.js";
import { LinkTab } from "./linktab.js";
import { PageTab } from "./pagetab.js";
import { PictureTab } from "./picturetab.js";
import { WordsTab } from "./wordstab.js";

export const TABS = { picture: PictureTab, animation: AnimationTab, page: PageTab, data: DataTab, code: CodeTab, words: WordsTab, link: LinkTab };
