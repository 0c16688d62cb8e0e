#!/usr/bin/env python3
"""A browser of one window around WebKitGTK that may be driven and keeps its profile.

MiniBrowser, which WebKit's driver starts otherwise, is always in private mode when it is driven. This
one does what its main.c does, with the difference that `argv[1]` is a folder in which the profile
stays; the file `pid` in it says which process it is, and `console` is what its pages say on theirs. ctypes instead of bindings, so that nothing has to be installed beside the driver and Python.
"""

import ctypes
import os
import sys
from ctypes import CFUNCTYPE, c_char_p, c_int, c_size_t, c_ulong, c_void_p

gobject = ctypes.CDLL("libgobject-2.0.so.0")
gtk = ctypes.CDLL("libgtk-3.so.0")
webkit = ctypes.CDLL("libwebkit2gtk-4.1.so.0")

TOPLEVEL = 0
YES = 1


def declare(library, name, result, *arguments):
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
    return function


connect = declare(gobject, "g_signal_connect_data", c_ulong, c_void_p, c_char_p, c_void_p, c_void_p, c_void_p, c_int)
new_view = declare(gobject, "g_object_new", c_void_p, c_size_t, c_char_p, c_void_p, c_char_p, c_int, c_void_p)
gtk_init = declare(gtk, "gtk_init", None, c_void_p, c_void_p)
new_window = declare(gtk, "gtk_window_new", c_void_p, c_int)
set_size = declare(gtk, "gtk_window_set_default_size", None, c_void_p, c_int, c_int)
add = declare(gtk, "gtk_container_add", None, c_void_p, c_void_p)
show = declare(gtk, "gtk_widget_show_all", None, c_void_p)
destroy = declare(gtk, "gtk_widget_destroy", None, c_void_p)
new_manager = declare(
    webkit, "webkit_website_data_manager_new", c_void_p, c_char_p, c_char_p, c_char_p, c_char_p, c_void_p
)
new_context = declare(webkit, "webkit_web_context_new_with_website_data_manager", c_void_p, c_void_p)
allow_automation = declare(webkit, "webkit_web_context_set_automation_allowed", None, c_void_p, c_int)
settings_of = declare(webkit, "webkit_web_view_get_settings", c_void_p, c_void_p)
write_console = declare(webkit, "webkit_settings_set_enable_write_console_messages_to_stdout", None, c_void_p, c_int)
view_type = declare(webkit, "webkit_web_view_get_type", c_size_t)


@CFUNCTYPE(None, c_void_p, c_void_p)
def on_close(_view, window):
    destroy(window)


@CFUNCTYPE(None, c_void_p, c_void_p)
def on_destroy(_window, _data):
    gtk.gtk_main_quit()


@CFUNCTYPE(c_void_p, c_void_p, c_void_p)
def on_create(_session, context):
    view = new_view(view_type(), b"web-context", context, b"is-controlled-by-automation", YES, None)
    write_console(settings_of(view), YES)
    window = new_window(TOPLEVEL)
    set_size(window, 1280, 900)
    add(window, view)
    connect(view, b"close", ctypes.cast(on_close, c_void_p), window, None, 0)
    connect(window, b"destroy", ctypes.cast(on_destroy, c_void_p), None, None, 0)
    show(window)
    return view


@CFUNCTYPE(None, c_void_p, c_void_p, c_void_p)
def on_started(context, session, _data):
    connect(session, b"create-web-view", ctypes.cast(on_create, c_void_p), context, None, 0)


gtk_init(None, None)
os.makedirs(sys.argv[1], exist_ok=True)
with open(os.path.join(sys.argv[1], "pid"), "w") as file:
    file.write(str(os.getpid()))
folders = [os.path.join(sys.argv[1], name).encode() for name in ("data", "cache")]
manager = new_manager(b"base-data-directory", folders[0], b"base-cache-directory", folders[1], None)
context = new_context(manager)
allow_automation(context, YES)
connect(context, b"automation-started", ctypes.cast(on_started, c_void_p), None, None, 0)
# The processes of its pages, which begin from here on, inherit it.
console = os.open(os.path.join(sys.argv[1], "console"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
for output in (1, 2):
    os.dup2(console, output)
gtk.gtk_main()
